// The checker's treatment of calls: which overloads of a function may be meant.
#include <algorithm>
#include <array>

#include "cel/check/checker.h"
#include "cel/check/type_text.h"
#include "cel/evaluate/names.h"
#include "cel/operators.h"

namespace kastell::cel {

namespace {

constexpr std::array orderings{operators::less, operators::less_equals, operators::greater, operators::greater_equals};

bool compares_across_types(const Overload& overload, const Signature& signature) {
  const auto& parameters = signature.parameters;
  return parameters.size() == 2 && std::ranges::find(orderings, overload.function) != orderings.end() &&
         parameters[0]->kind != parameters[1]->kind;
}

}  // namespace

const Expr* Checker::check_call(const Expr& expr) {
  if (expr.name == operators::optional_select && expr.operand == nullptr) return check_optional_select(expr);
  Expr call = expr;
  call.arguments = check_all(expr.arguments);
  if (expr.operand != nullptr) return check_member_call(call);

  const std::string_view function = resolve_function(expr.name);
  if (function.empty()) {
    report_undeclared(expr, expr.name, true);
    set_type(expr, &types::error);
    return &expr;
  }
  const bool renamed = function != call.name;
  if (renamed) call.name = function;
  std::vector<const Type*> arguments;
  for (const Expr* argument : call.arguments) arguments.push_back(type_of(*argument));
  resolve_overload(call, arguments);
  return renamed || call.arguments.data() != expr.arguments.data() ? changed(call) : &expr;
}

// a.b.c(): either a function of the namespace a.b or one with the target a.b. `call` has its
// arguments checked, its target not.
const Expr* Checker::check_member_call(const Expr& given) {
  Expr call = given;
  std::vector<const Type*> arguments;
  if (const auto prefix = qualified_name(*call.operand)) {
    const std::string_view function = resolve_function(*prefix + "." + std::string{call.name});
    if (!function.empty()) {
      call.name = function;
      call.operand = nullptr;
    }
  }
  if (call.operand != nullptr) {
    call.operand = check(*call.operand);
    arguments.push_back(type_of(*call.operand));
    const std::string_view function = resolve_function(call.name);
    if (function.empty()) {
      set_type(call, &types::error);
      report_undeclared(call, call.name, true);
      return changed(call);
    }
  }
  for (const Expr* argument : call.arguments) arguments.push_back(type_of(*argument));
  resolve_overload(call, arguments);
  return changed(call);
}

bool Checker::is_disabled(std::uint32_t overload) const {
  return !numeric_comparison_across_types_ &&
         compares_across_types(*environment_.overloads()[overload], environment_.signature(overload));
}

// All overloads that the arguments may be meant for. The result has their common type, dyn if they
// have none.
void Checker::resolve_overload(const Expr& call, std::span<const Type* const> arguments) {
  if (call.name == operators::logical_and || call.name == operators::logical_or) {
    return resolve_logical(call, arguments);
  }
  const std::string_view function = call.operand == nullptr ? call.name : resolve_function(call.name);
  const Type* result = nullptr;
  std::vector<std::uint32_t> candidates;
  for (const std::uint32_t number : environment_.find_function(function)) {
    const bool same_style = environment_.overloads()[number]->member == (call.operand != nullptr);
    if (!same_style || is_disabled(number)) continue;
    const Signature signature = unifier_.instantiate(environment_.signature(number));
    if (!unifier_.are_assignable(arguments, signature.parameters)) continue;
    candidates.push_back(number);
    const Type* found = unifier_.resolve(*signature.result);
    if (result == nullptr) {
      result = found;
    } else if (result->kind != TypeKind::dyn && !same_type(*found, *result)) {
      result = &types::dyn;
    }
  }
  if (result == nullptr) return report_no_overload(call, arguments);
  set_type(call, result);
  set_reference(call, {.name = function, .overloads = ast_.arena->copy(std::span<const std::uint32_t>{candidates})});
}

void Checker::resolve_logical(const Expr& call, std::span<const Type* const> arguments) {
  bool fits = true;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (unifier_.is_assignable(*arguments[i], types::boolean)) continue;
    report_mismatch(*call.arguments[i], types::boolean, *arguments[i]);
    fits = false;
  }
  set_type(call, fits ? &types::boolean : &types::error);
  set_reference(call, {.name = call.name, .overloads = environment_.find_function(call.name)});
}

void Checker::report_no_overload(const Expr& call, std::span<const Type* const> arguments) {
  set_type(call, &types::error);
  std::vector<const Type*> settled;
  for (const Type* argument : arguments) settled.push_back(unifier_.settle(*argument));
  const bool member = call.operand != nullptr;
  const std::string name{call.name};
  std::string hint;
  const auto overloads = environment_.find_function(call.name);
  const bool other_style = std::ranges::none_of(
      overloads, [&](std::uint32_t number) { return environment_.overloads()[number]->member == member; });
  if (other_style)
    hint = member ? "'" + name + "' is called without a target: " + name + "(…)"
                  : "'" + name + "' is called on its first argument: x." + name + "(…)";
  report(call.at, "found no matching overload for '" + name + "' applied to '" + call_text(settled, member) + "'",
         std::move(hint));
}

}  // namespace kastell::cel
