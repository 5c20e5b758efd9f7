#include "admission/evaluate/lazy_variables.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "admission/evaluate/limits.h"

#include "admission/evaluate/coverage.h"

namespace kastell::admission {

cel::Evaluation* EvaluationStack::enter() {
  if (depth_ == deepest) return nullptr;
  if (depth_ == evaluations_.size()) evaluations_.push_back(std::make_unique<cel::Evaluation>(symbols_));
  cel::Evaluation& evaluation = *evaluations_[depth_++];
  evaluation.budget.cost = call_cost_limit;
  evaluation.authorizer = authorizer;
  return &evaluation;
}

cel::Value EvaluationStack::evaluate(const CompiledExpression& expression, cel::Evaluation& evaluation,
                                     cel::Variables variables) {
  if (coverage != nullptr) return coverage->evaluate(expression, evaluation, variables);
  return expression.program->evaluate(evaluation, variables);
}

void EvaluationStack::reset() {
  arena_.reset();
  unanswered.clear();
  for (const auto& evaluation : evaluations_) evaluation->reset();
}

namespace {

std::span<std::optional<cel::Value>> none_of(std::size_t size, Arena& arena) {
  if (size == 0) return {};
  auto* values = arena.allocate_array<std::optional<cel::Value>>(size);
  std::uninitialized_value_construct_n(values, size);
  return {values, size};
}

}  // namespace

LazyVariables::LazyVariables(const CompiledPolicy& policy, const Inputs& inputs, EvaluationStack& stack)
    : policy_(policy), inputs_(inputs), stack_(stack), values_(none_of(policy.variables.size(), stack.arena())) {}

// Of two variables of one name the API server keeps the last one.
const cel::Value* LazyVariables::find(std::string_view name) {
  const auto& variables = policy_.policy.variables;
  const auto found = std::ranges::find(variables.rbegin(), variables.rend(), name, &Variable::name);
  if (found == variables.rend()) return nullptr;
  const auto number = static_cast<std::size_t>(variables.rend() - found) - 1;
  if (!values_[number]) values_[number] = evaluate(number);
  return &*values_[number];
}

std::uint64_t LazyVariables::take_cost() {
  return std::exchange(cost_, 0);
}

cel::Value LazyVariables::evaluate(std::size_t number) {
  const std::string_view name = policy_.policy.variables[number].name;
  const CompiledExpression& expression = policy_.variables[number];
  if (!expression.program) return fail(name, "fails to compile", expression.error);
  cel::Evaluation* evaluation = stack_.enter();
  if (evaluation == nullptr) return fail(name, "fails to evaluate", "variables read one another too deeply");
  const Slots slots = arrange(policy_.declared(true), inputs_, cel::make_lazy_map(*this));
  const cel::Value value = stack_.evaluate(expression, *evaluation, slots);
  cost_ += evaluation->cost();
  stack_.leave();
  return cel::is_error(value) ? fail(name, "fails to evaluate", cel::as_error(value).message) : value;
}

cel::Value LazyVariables::fail(std::string_view name, std::string_view what, std::string_view why) {
  std::string message = "composited variable \"";
  message.append(name).append("\" ").append(what).append(": ").append(why);
  return cel::make_error(stack_.arena(), message);
}

}  // namespace kastell::admission
