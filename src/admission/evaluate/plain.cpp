#include "admission/evaluate/plain.h"

#include "admission/evaluate/limits.h"

namespace kastell::admission {

bool all_hold(const CompiledPolicy& policy, const Slots& slots, EvaluationStack& stack) {
  cel::Evaluation& evaluation = *stack.enter();
  std::uint64_t cost = 0;
  bool hold = true;
  for (const CompiledExpression& validation : policy.validations) {
    hold = cel::is_true(validation.program->evaluate(evaluation, slots));
    cost += evaluation.cost();
    if (!hold || cost > policy_cost_limit) break;
  }
  stack.leave();
  return hold && cost <= policy_cost_limit;
}

}  // namespace kastell::admission
