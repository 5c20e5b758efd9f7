// What evaluating policies may cost: the API server's own figures (apiserver pkg/apis/cel/config.go).
#pragma once

#include <cstddef>
#include <cstdint>

namespace kastell::admission {

inline constexpr std::uint64_t call_cost_limit = 1'000'000;              // PerCallLimit: one expression
inline constexpr std::uint64_t policy_cost_limit = 10'000'000;           // RuntimeCELCostBudget: a policy and binding
inline constexpr std::uint64_t match_conditions_cost_limit = 2'500'000;  // RuntimeCELCostBudgetMatchConditions
inline constexpr std::size_t longest_message = 5 * 1024;                 // MaxEvaluatedMessageExpressionSizeBytes
inline constexpr std::size_t longest_audit_annotation = 10 * 1024;       // maxAuditAnnotationValueLength
inline constexpr std::size_t most_published_failures = 50;               // maxValidationFailures

}  // namespace kastell::admission
