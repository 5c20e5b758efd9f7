// sortBy, as cel-go expands it: the keys are a map() over the list, which gets a name first.
#include <array>

#include "cel/macro/names.h"
#include "cel/macros.h"
#include "cel/operators.h"
#include "cel/parse/macro_expander.h"

namespace kastell::cel {

namespace {

constexpr std::string_view input = "@__sortBy_input__";

bool may_be_list(const Expr& target) {
  return target.kind != ExprKind::literal && target.kind != ExprKind::map && target.kind != ExprKind::structure;
}

// input.map(variable, key)
const Expr* keys_of(MacroExpander& e, const Expr* range, const MacroCall& call) {
  Comprehension keys{};
  keys.iteration_variable = call.arguments[0]->name;
  keys.range = range;
  keys.accumulator = accumulator_name;
  keys.accumulator_start = e.list();
  keys.loop_condition = e.literal(make_bool(true));
  const Expr* before = e.accumulator();
  keys.loop_step = e.call(operators::add, {before, e.list({&call.arguments[1], 1})});
  keys.result = e.accumulator();
  return e.comprehension(keys);
}

const Expr* expand_sort_by(MacroExpander& e, const MacroCall& call) {
  const Expr& variable = *call.arguments[0];
  if (!may_be_list(*call.target)) {
    return e.misuse(*call.target,
                    "sortBy can only be applied to a list, identifier, comprehension, call or select expression");
  }
  if (variable.kind != ExprKind::identifier) return e.misuse(variable, "argument is not an identifier");
  if (overwrites_accumulator(variable.name)) {
    return e.misuse(variable, "iteration variable overwrites accumulator variable");
  }
  const Expr* named = e.identifier(input);
  const Expr* keys = keys_of(e, e.identifier(input), call);
  const Expr* sorted = e.member_call("@sortByAssociatedKeys", *e.identifier(input), {&keys, 1});
  Comprehension binding{};
  binding.iteration_variable = unused_variable;
  binding.range = e.list();
  binding.accumulator = input;
  binding.accumulator_start = call.target;
  binding.loop_condition = e.literal(make_bool(false));
  binding.loop_step = named;
  binding.result = sorted;
  return e.comprehension(binding);
}

constexpr std::array macros{
    Macro{.function = "sortBy", .member = true, .argument_count = 2, .expand = &expand_sort_by},
};

}  // namespace

std::span<const Macro> lists_macros() {
  return macros;
}

}  // namespace kastell::cel
