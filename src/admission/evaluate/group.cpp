#include "admission/evaluate/group.h"

#include <algorithm>

#include "admission/authorize/role_based.h"
#include "admission/evaluate/limits.h"

namespace kastell::admission {

namespace {

constexpr std::string_view out_of_budget =
    "validation failed due to running out of cost budget, no further validation rules will be run";

class Group {
 public:
  Group(const CompiledPolicy& policy, const Declared& declared, const Inputs& inputs, std::uint64_t budget,
        EvaluationStack& stack)
      : variables_(policy, inputs, stack),
        slots_(arrange(declared, inputs, cel::make_lazy_map(variables_))),
        remaining_(budget),
        stack_(stack) {}

  // False once the budget is spent.
  bool run(const CompiledExpression& expression, Outcome& outcome) {
    outcome.was_asked = true;
    if (!expression.program) {
      outcome.error = stack_.arena().copy("compilation error: " + expression.error);
      return true;
    }
    cel::Evaluation& evaluation = *stack_.enter();
    outcome.value = stack_.evaluate(expression, evaluation, slots_);
    stack_.leave();
    if (!charge(variables_.take_cost()) || !charge(evaluation.cost())) return false;
    if (cel::is_error(outcome.value)) fail(expression, outcome);
    return true;
  }

  std::uint64_t remaining() const { return remaining_; }

 private:
  void fail(const CompiledExpression& expression, Outcome& outcome) {
    const std::string_view message = cel::as_error(outcome.value).message;
    note_unanswered(message);
    std::string error = "expression '" + std::string(expression.text) + "' resulted in error: ";
    outcome.error = stack_.arena().copy(error.append(message));
  }

  void note_unanswered(std::string_view message) {
    const std::size_t at = message.find(unanswered_mark);
    if (at == std::string_view::npos) return;
    const std::string_view question = message.substr(at);
    if (std::ranges::find(stack_.unanswered, question) == stack_.unanswered.end()) {
      stack_.unanswered.emplace_back(question);
    }
  }

  bool charge(std::uint64_t cost) {
    if (cost > remaining_) return false;
    remaining_ -= cost;
    return true;
  }

  LazyVariables variables_;
  Slots slots_;
  std::uint64_t remaining_;
  EvaluationStack& stack_;
};

const CompiledExpression* expression_of(const CompiledPolicy& policy, ExpressionGroup group, std::size_t at) {
  switch (group) {
    case ExpressionGroup::match_conditions: return &policy.match_conditions[at];
    case ExpressionGroup::validations: return &policy.validations[at];
    case ExpressionGroup::messages: return policy.messages[at] ? &*policy.messages[at] : nullptr;
    case ExpressionGroup::audit_annotations: return &policy.audit_annotations[at];
  }
  return nullptr;
}

std::size_t size_of(const CompiledPolicy& policy, ExpressionGroup group) {
  switch (group) {
    case ExpressionGroup::match_conditions: return policy.match_conditions.size();
    case ExpressionGroup::validations:
    case ExpressionGroup::messages: return policy.validations.size();
    case ExpressionGroup::audit_annotations: return policy.audit_annotations.size();
  }
  return 0;
}

}  // namespace

void run_group(const CompiledPolicy& policy, ExpressionGroup group, const Inputs& inputs, std::uint64_t budget,
               EvaluationStack& stack, GroupOutcome& into) {
  const std::size_t size = size_of(policy, group);
  into.failure = {};
  into.outcomes.assign(size, {});
  const Declared declared = policy.declared(group != ExpressionGroup::messages);
  Group running(policy, declared, inputs, budget, stack);
  for (std::size_t i = 0; i < size; ++i) {
    const CompiledExpression* expression = expression_of(policy, group, i);
    if (expression == nullptr || running.run(*expression, into.outcomes[i])) continue;
    into.failure = out_of_budget;
    into.outcomes.clear();
    break;
  }
  into.remaining = running.remaining();
}

Outcome run_mutation(const CompiledPolicy& policy, std::size_t at, const Inputs& inputs, EvaluationStack& stack) {
  Outcome outcome;
  const CompiledExpression& expression = policy.mutations[at];
  if (!expression.program) {
    outcome.error = expression.error;
    return outcome;
  }
  Group running(policy, policy.declared(true, true), inputs, policy_cost_limit, stack);
  if (!running.run(expression, outcome)) outcome.error = out_of_budget;
  return outcome;
}

}  // namespace kastell::admission
