#include <string>
#include <vector>

#include "cel/evaluate/constant.h"
#include "cel/evaluate/engine_access.h"
#include "cel/evaluate/naive.h"
#include "cel/evaluate/names.h"

namespace kastell::cel {

namespace {

bool is_optional_or(const Expr& call) {
  return call.operand != nullptr && call.arguments.size() == 1 && (call.name == "or" || call.name == "orValue");
}

}  // namespace

Value NaiveEvaluator::evaluate_call(const Expr& expr, Scope* scope) {
  if (expr.name == call_name::logical_and) return evaluate_logic(expr, scope, false);
  if (expr.name == call_name::logical_or) return evaluate_logic(expr, scope, true);
  if (is_optional_or(expr)) return evaluate_or_value(expr, scope);
  if (is_constant_set_test(environment_, ast_, expr)) return evaluate_set_test(expr, scope);
  return evaluate_function(expr, scope);
}

// && and ||: `decisive` (false for &&) from either side wins, also over an error of the other.
Value NaiveEvaluator::evaluate_logic(const Expr& expr, Scope* scope, bool decisive) {
  Value problem;
  for (const Expr* argument : expr.arguments) {
    const Value value = evaluate(*argument, scope);
    if (value.kind == Kind::boolean) {
      if (value.boolean == decisive) return value;
    } else if (!is_error(problem)) {
      problem = is_error(value) ? value : fail(expr, no_such_overload);
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

// Unchecked, a.b(c) may be the function a.b and not a method of a.
std::string_view NaiveEvaluator::function_name(const Expr& expr, bool& drops_target) const {
  if (find_reference(ast_, expr) != nullptr) return expr.name;
  const auto prefix = expr.operand == nullptr ? std::string() : qualified_name(*expr.operand).value_or("");
  if (expr.operand != nullptr && prefix.empty()) return expr.name;
  const std::string name = prefix.empty() ? std::string(expr.name) : prefix + "." + std::string(expr.name);
  for (const std::string& candidate : candidate_names(environment_.container(), name)) {
    const auto found = environment_.find_function(candidate);
    if (found.empty()) continue;
    drops_target = expr.operand != nullptr;
    return environment_.overloads()[found[0]].overload->function;
  }
  return without_root(expr.name);
}

Value NaiveEvaluator::evaluate_function(const Expr& expr, Scope* scope) {
  bool drops_target = false;
  const std::string_view function = function_name(expr, drops_target);
  const Reference* reference = find_reference(ast_, expr);
  const Candidates candidates =
      reference != nullptr ? Candidates(reference->overloads) : environment_.find_function(function);
  std::vector<const Expr*> operands(expr.arguments.begin(), expr.arguments.end());
  if (expr.operand != nullptr && !drops_target) operands.insert(operands.begin(), expr.operand);

  // cel-go evaluates both operands of a binary function before it looks for errors, of all others it
  // stops at the first error, and then the call is not charged.
  const bool stops_at_error = operands.size() != 2 || (candidates.size() > 1 && find_operator(function) == nullptr);
  std::vector<Value> arguments;
  Value problem;
  for (const Expr* operand : operands) {
    arguments.push_back(evaluate(*operand, scope));
    if (is_error(arguments.back()) && !is_error(problem)) problem = arguments.back();
    if (is_error(problem) && stops_at_error) break;
  }
  if (function == call_name::not_strictly_false) {
    count(1);
    return arguments[0].kind == Kind::boolean ? arguments[0] : make_bool(true);
  }
  if (cancelled_) return problem;
  const Value result = is_error(problem) ? problem : dispatch(environment_, candidates, function, context_, arguments);
  if (arguments.size() == operands.size()) {
    count(call_cost(environment_, candidates, context_, arguments, result));
  }
  return result;
}

}  // namespace kastell::cel
