// cel.bind, optMap and optFlatMap: macros that give a value a name, as comprehensions over nothing.
#include <array>

#include "cel/macro/names.h"
#include "cel/macros.h"
#include "cel/operators.h"
#include "cel/parse/macro_expander.h"

namespace kastell::cel {

namespace {

struct Binding {
  std::string_view name;
  const Expr* value;
  const Expr* result;
};

// `range` is made by the caller, before `value`, so that ids come in cel-go's order.
const Expr* bind(MacroExpander& e, const Expr* range, const Binding& binding) {
  Comprehension comprehension{};
  comprehension.iteration_variable = unused_variable;
  comprehension.range = range;
  comprehension.accumulator = binding.name;
  comprehension.accumulator_start = binding.value;
  comprehension.loop_condition = e.literal(make_bool(false));
  comprehension.loop_step = e.identifier(binding.name);
  comprehension.result = binding.result;
  return e.comprehension(comprehension);
}

const Expr* expand_bind(MacroExpander& expander, const MacroCall& call) {
  if (!is_called_in(call, "cel")) return nullptr;
  const Expr& variable = *call.arguments[0];
  if (variable.kind != ExprKind::identifier) {
    return expander.misuse(variable, "cel.bind() variable names must be simple identifiers");
  }
  return bind(expander, expander.list(), {variable.name, call.arguments[1], call.arguments[2]});
}

// target.hasValue() ? <wrapped, the result with the target's value bound> : optional.none()
const Expr* expand_optional_map(MacroExpander& e, const MacroCall& call, bool wrap, std::string_view name) {
  const Expr& variable = *call.arguments[0];
  if (variable.kind != ExprKind::identifier) {
    return e.misuse(variable, std::string{name} + "() variable name must be a simple identifier");
  }
  const Expr* has_value = e.member_call("hasValue", *call.target);
  const Expr* range = e.list();
  const Expr* value = e.member_call("value", *e.copy(*call.target));
  const Expr* mapped = bind(e, range, {variable.name, value, call.arguments[1]});
  if (wrap) mapped = e.call("optional.of", {mapped});
  return e.call(operators::conditional, {has_value, mapped, e.call("optional.none", {})});
}

const Expr* expand_opt_map(MacroExpander& expander, const MacroCall& call) {
  return expand_optional_map(expander, call, true, "optMap");
}

const Expr* expand_opt_flat_map(MacroExpander& expander, const MacroCall& call) {
  return expand_optional_map(expander, call, false, "optFlatMap");
}

constexpr std::array bindings{
    Macro{.function = "bind", .member = true, .argument_count = 3, .expand = &expand_bind},
};
constexpr std::array optionals{
    Macro{.function = "optMap", .member = true, .argument_count = 2, .expand = &expand_opt_map},
    Macro{.function = "optFlatMap", .member = true, .argument_count = 2, .expand = &expand_opt_flat_map},
};

}  // namespace

std::span<const Macro> bindings_macros() {
  return bindings;
}

std::span<const Macro> optional_macros() {
  return optionals;
}

}  // namespace kastell::cel
