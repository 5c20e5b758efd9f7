#include <string>
#include <vector>

#include "cel/evaluate/constant.h"
#include "cel/evaluate/engine_access.h"
#include "cel/evaluate/naive.h"
#include "cel/evaluate/names.h"
#include "cel/evaluate/shape.h"
#include "cel/operators.h"

namespace kastell::cel {

Value NaiveEvaluator::evaluate_call(const Expr& expr, Scope* scope) {
  if (expr.name == operators::logical_and) return evaluate_logic(expr, scope, false);
  if (expr.name == operators::logical_or) return evaluate_logic(expr, scope, true);
  if (is_optional_or(expr)) return evaluate_or_value(expr, scope);
  if (is_constant_set_test(environment_, ast_, expr)) return evaluate_set_test(expr, scope);
  return evaluate_function(expr, scope);
}

// && and ||: `decisive` (false for &&) from either side wins, also over an error of the other. The
// result rests on the decisive side alone, on the first problem alone, or on both.
Value NaiveEvaluator::evaluate_logic(const Expr& expr, Scope* scope, bool decisive) {
  Value problem;
  const std::size_t first = recorder_ == nullptr ? 0 : recorder_->mark();
  for (const Expr* argument : expr.arguments) {
    const std::size_t mark = recorder_ == nullptr ? 0 : recorder_->mark();
    const Value value = evaluate(*argument, scope);
    if (value.kind == Kind::boolean) {
      if (recorder_ != nullptr && value.boolean == decisive) recorder_->erase(first, mark);
      if (recorder_ != nullptr && value.boolean != decisive && is_error(problem)) recorder_->take_from(mark);
      if (value.boolean == decisive) return value;
    } else if (!is_error(problem)) {
      problem = is_error(value) ? value : fail(expr, no_such_overload);
      if (recorder_ != nullptr) recorder_->erase(first, mark);
    } else if (recorder_ != nullptr) {
      recorder_->take_from(mark);
    }
  }
  return is_error(problem) ? problem : make_bool(!decisive);
}

// a.or(b) and a.orValue(b) evaluate b only if a is none; they cost nothing themselves.
Value NaiveEvaluator::evaluate_or_value(const Expr& expr, Scope* scope) {
  const Value first = evaluate(*expr.operand, scope);
  if (is_error(first)) return first;
  if (first.kind != value_kind::optional) return fail(expr, no_such_overload);
  if (as_optional(first) == nullptr) return evaluate(*expr.arguments[0], scope);
  return expr.name == "or" ? first : *as_optional(first);
}

Value NaiveEvaluator::evaluate_set_test(const Expr& expr, Scope* scope) {
  const Value list = evaluate(*expr.arguments[1], scope);
  if (list.size == 0) return make_bool(false);
  const Value value = evaluate(*expr.arguments[0], scope);
  return is_error(value) ? value : make_bool(constant_set_contains(list, value));
}

Value NaiveEvaluator::evaluate_function(const Expr& expr, Scope* scope) {
  const ResolvedFunction resolved = resolve_function(environment_, ast_, expr);
  std::vector<Value> arguments;
  Value problem;
  for (const Expr* operand : resolved.operands) {
    arguments.push_back(evaluate(*operand, scope));
    if (is_error(arguments.back()) && !is_error(problem)) problem = arguments.back();
    if (is_error(problem) && stops_at_error(environment_, ast_, resolved)) break;
  }
  if (cancelled_) return problem;
  if (resolved.function == operators::not_strictly_false) {
    count(1);
    return arguments[0].kind == Kind::boolean ? arguments[0] : make_bool(true);
  }
  const Value result = is_error(problem) ? problem : call(resolved.candidates, resolved.function, arguments);
  if (arguments.size() == resolved.operands.size()) {
    count(call_cost(environment_, resolved.candidates, context_, arguments, result));
  }
  return result;
}

Value NaiveEvaluator::call(Candidates candidates, std::string_view function, std::span<const Value> arguments) {
  if (function == operators::add && arguments.size() == 2) {
    if (const auto grown = growing_lists_.join(context_.arena, arguments[0], arguments[1])) return *grown;
  }
  return dispatch(environment_, candidates, function, context_, arguments);
}

}  // namespace kastell::cel
