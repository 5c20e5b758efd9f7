// What judging may cost, so that hostile input cannot keep a scan busy.
//
// Units and figures are Kubernetes' own (apiserver pkg/apis/cel/config.go), so that a control may cost here what it may
// cost as a ValidatingAdmissionPolicy. What costs more is stopped and judged `error`, never pass.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace kastell::policy {

inline constexpr std::uint64_t expression_cost_limit = 1'000'000;  // one expression for one subject: PerCallLimit
inline constexpr std::uint64_t control_cost_limit = 10'000'000;    // one control for one object: RuntimeCELCostBudget

// Finding the field that decided a rule takes the naive evaluator, which is far slower. Kastell's own figure.
inline constexpr std::uint64_t evidence_cost_limit = 20'000;

inline constexpr std::string_view expression_too_costly =
    "stopped: an expression cost more than 1,000,000 units for one subject, Kubernetes' limit per CEL call";
inline constexpr std::string_view control_too_costly =
    "stopped: the control cost more than 10,000,000 units for one object, Kubernetes' limit per policy and request";

// What one more expression may cost once a control has spent so much (never more than its limit), and why it is
// stopped.
inline constexpr std::uint64_t expression_limit(std::uint64_t spent) {
  return std::min(expression_cost_limit, control_cost_limit - spent);
}
inline constexpr std::string_view too_costly(std::uint64_t spent) {
  return expression_limit(spent) < expression_cost_limit ? control_too_costly : expression_too_costly;
}

}  // namespace kastell::policy
