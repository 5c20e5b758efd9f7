#include <string>

#include "cel/evaluate/engine_access.h"
#include "cel/evaluate/naive.h"

namespace kastell::cel {

Value NaiveEvaluator::evaluate_fold(const Expr& expr, Scope* parent) {
  const Comprehension& fold = *expr.comprehension;
  const Value range = evaluate(*fold.range, parent);
  if (is_error(range)) return range;
  if (!range.is_list() && !is_map(range)) {
    return fail(expr, std::string("got '").append(type_name(range)).append("', expected iterable type"));
  }
  Scope scope{.fold = fold, .parent = parent};
  const bool pairs = !fold.iteration_variable2.empty();
  const std::uint32_t size = range.is_list() ? range.size : map_size(range);
  for (std::uint32_t i = 0; i < size; ++i) {
    const Value key = range.is_list() ? make_int(i) : map_key(range, i, context_.symbols);
    const Value& value = range.is_list() ? range.items[i] : map_value(range, i);
    scope.variables = {pairs || !range.is_list() ? key : value, value};
    if (!step(scope)) break;
  }
  scope.finished = true;
  return evaluate(*fold.result, &scope);
}

// One round: false when the loop condition ends the loop. A condition that fails does not end it.
bool NaiveEvaluator::step(Scope& scope) {
  const Value condition = evaluate(*scope.fold.loop_condition, &scope);
  if (cancelled_ || (condition.kind == Kind::boolean && !condition.boolean)) return false;
  scope.accumulator = evaluate(*scope.fold.loop_step, &scope);
  scope.started = true;
  return !cancelled_;
}

Value NaiveEvaluator::read_accumulator(Scope& scope) {
  if (!scope.started) {
    scope.started = true;
    scope.accumulator = evaluate(*scope.fold.accumulator_start, scope.parent);
  }
  return scope.accumulator;
}

}  // namespace kastell::cel
