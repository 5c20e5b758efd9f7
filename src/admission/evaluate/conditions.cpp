#include "admission/evaluate/conditions.h"

#include <algorithm>

#include "admission/evaluate/limits.h"

namespace kastell::admission {

namespace {

// utilerrors.Aggregate: repeated messages once, several in brackets.
std::string aggregate(const std::vector<std::string>& errors) {
  std::vector<std::string_view> distinct;
  for (const std::string& error : errors) {
    if (std::ranges::find(distinct, error) == distinct.end()) distinct.emplace_back(error);
  }
  std::string joined;
  for (const std::string_view error : distinct) joined.append(joined.empty() ? "" : ", ").append(error);
  return distinct.size() == 1 ? joined : '[' + joined + ']';
}

}  // namespace

Conditions check_conditions(const CompiledPolicy& policy, const Inputs& inputs, EvaluationStack& stack,
                            GroupOutcome& scratch) {
  run_group(policy, ExpressionGroup::match_conditions, inputs, match_conditions_cost_limit, stack, scratch);
  std::vector<std::string> errors;
  if (!scratch.failure.empty()) errors.emplace_back(scratch.failure);
  for (const Outcome& outcome : scratch.outcomes) {
    if (!outcome.error.empty()) errors.emplace_back(outcome.error);
    if (outcome.error.empty() && !cel::is_true(outcome.value)) return {.met = false};
  }
  if (errors.empty()) return {};
  if (policy.policy.failure_policy == FailurePolicy::ignore) return {.met = false};
  return {.met = true, .error = aggregate(errors)};
}

}  // namespace kastell::admission
