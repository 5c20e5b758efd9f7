#include "admission/evaluate/group.h"

namespace kastell::admission {

namespace {

constexpr std::string_view out_of_budget =
    "validation failed due to running out of cost budget, no further validation rules will be run";

class Group {
 public:
  Group(const CompiledPolicy& policy, const Declared& declared, const Inputs& inputs, std::uint64_t budget,
        EvaluationStack& stack)
      : variables_(policy, inputs, stack), declared_(declared), inputs_(inputs), remaining_(budget), stack_(stack) {}

  // False once the budget is spent.
  bool run(const CompiledExpression& expression, Outcome& outcome) {
    outcome.was_asked = true;
    if (!expression.program) {
      outcome.error = "compilation error: " + expression.error;
      return true;
    }
    cel::Evaluation& evaluation = *stack_.enter();
    const Slots slots = arrange(declared_, inputs_, cel::make_lazy_map(variables_));
    outcome.value = expression.program->evaluate(evaluation, slots);
    stack_.leave();
    if (!charge(variables_.take_cost()) || !charge(evaluation.cost())) return false;
    if (cel::is_error(outcome.value)) {
      outcome.error = "expression '" + std::string(expression.text) + "' resulted in error: ";
      outcome.error += cel::as_error(outcome.value).message;
    }
    return true;
  }

  std::uint64_t remaining() const { return remaining_; }

 private:
  bool charge(std::uint64_t cost) {
    if (cost > remaining_) return false;
    remaining_ -= cost;
    return true;
  }

  LazyVariables variables_;
  Declared declared_;
  const Inputs& inputs_;
  std::uint64_t remaining_;
  EvaluationStack& stack_;
};

}  // namespace

GroupOutcome run_group(const CompiledPolicy& policy, std::span<const CompiledExpression* const> expressions,
                       const Declared& declared, const Inputs& inputs, std::uint64_t budget, EvaluationStack& stack) {
  Group group(policy, declared, inputs, budget, stack);
  GroupOutcome result;
  result.outcomes.resize(expressions.size());
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    if (expressions[i] != nullptr && !group.run(*expressions[i], result.outcomes[i])) {
      return {.outcomes = {}, .failure = std::string(out_of_budget)};
    }
  }
  result.remaining = group.remaining();
  return result;
}

}  // namespace kastell::admission
