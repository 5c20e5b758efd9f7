#include <array>
#include <string>

#include "cel/macro/names.h"
#include "cel/macros.h"
#include "cel/operators.h"
#include "cel/parse/macro_expander.h"

namespace kastell::cel {

namespace {

constexpr std::string_view map_insert = "cel.@mapInsert";

struct Misuse {
  const Expr* at = nullptr;
  std::string message;
};

// What is wrong with the two loop variables; `at` is null if they are fine.
Misuse variables_misuse(const MacroCall& call) {
  const Expr& first = *call.arguments[0];
  const Expr& second = *call.arguments[1];
  for (const Expr* argument : {&first, &second}) {
    if (argument->kind != ExprKind::identifier) return {argument, "argument must be a simple name"};
  }
  if (first.name == second.name) return {&second, "duplicate variable name: " + std::string{first.name}};
  for (const Expr* argument : {&first, &second}) {
    if (overwrites_accumulator(argument->name)) {
      return {argument, "iteration variable overwrites accumulator variable"};
    }
  }
  return {};
}

struct Fold {
  const Expr* start;
  const Expr* condition;
  const Expr* step;
  const Expr* result;
};

template <Fold (*make_fold)(MacroExpander&, const MacroCall&)>
const Expr* expand(MacroExpander& expander, const MacroCall& call) {
  Misuse misuse = variables_misuse(call);
  if (misuse.at != nullptr) return expander.misuse(*misuse.at, std::move(misuse.message));
  const Fold fold = make_fold(expander, call);
  return expander.comprehension({.iteration_variable = call.arguments[0]->name,
                                 .iteration_variable2 = call.arguments[1]->name,
                                 .range = call.target,
                                 .accumulator = accumulator_name,
                                 .accumulator_start = fold.start,
                                 .loop_condition = fold.condition,
                                 .loop_step = fold.step,
                                 .result = fold.result});
}

Fold all_fold(MacroExpander& e, const MacroCall& call) {
  Fold fold{};
  fold.start = e.literal(make_bool(true));
  fold.condition = e.call(operators::not_strictly_false, {e.accumulator()});
  fold.step = e.call(operators::logical_and, {e.accumulator(), call.arguments[2]});
  fold.result = e.accumulator();
  return fold;
}

Fold exists_fold(MacroExpander& e, const MacroCall& call) {
  Fold fold{};
  fold.start = e.literal(make_bool(false));
  fold.condition = e.call(operators::not_strictly_false, {e.call(operators::logical_not, {e.accumulator()})});
  fold.step = e.call(operators::logical_or, {e.accumulator(), call.arguments[2]});
  fold.result = e.accumulator();
  return fold;
}

Fold exists_one_fold(MacroExpander& e, const MacroCall& call) {
  Fold fold{};
  fold.start = e.literal(make_int(0));
  fold.condition = e.literal(make_bool(true));
  const Expr* counted = e.call(operators::add, {e.accumulator(), e.literal(make_int(1))});
  fold.step = e.call(operators::conditional, {call.arguments[2], counted, e.accumulator()});
  fold.result = e.call(operators::equals, {e.accumulator(), e.literal(make_int(1))});
  return fold;
}

// `step` if the filter, the third of four arguments, holds.
const Expr* filtered(MacroExpander& e, const MacroCall& call, const Expr* step) {
  if (call.arguments.size() < 4) return step;
  return e.call(operators::conditional, {call.arguments[2], step, e.accumulator()});
}

Fold list_fold(MacroExpander& e, const MacroCall& call) {
  const Expr* transformed = call.arguments.back();
  Fold fold{};
  fold.step = filtered(e, call, e.call(operators::add, {e.accumulator(), e.list({&transformed, 1})}));
  fold.start = e.list();
  fold.condition = e.literal(make_bool(true));
  fold.result = e.accumulator();
  return fold;
}

Fold into_map(MacroExpander& e, const Expr* step) {
  Fold fold{};
  fold.step = step;
  fold.start = e.empty_map();
  fold.condition = e.literal(make_bool(true));
  fold.result = e.accumulator();
  return fold;
}

Fold map_fold(MacroExpander& e, const MacroCall& call) {
  const std::string_view key = call.arguments[0]->name;
  const Expr* insert = e.call(map_insert, {e.accumulator(), e.identifier(key), call.arguments.back()});
  return into_map(e, filtered(e, call, insert));
}

Fold map_entry_fold(MacroExpander& e, const MacroCall& call) {
  return into_map(e, filtered(e, call, e.call(map_insert, {e.accumulator(), call.arguments.back()})));
}

constexpr Macro member(std::string_view function, std::int32_t argument_count, Expansion expand) {
  return {.function = function, .member = true, .argument_count = argument_count, .expand = expand};
}

constexpr std::array macros{
    member("all", 3, &expand<&all_fold>),
    member("exists", 3, &expand<&exists_fold>),
    member("existsOne", 3, &expand<&exists_one_fold>),
    member("exists_one", 3, &expand<&exists_one_fold>),
    member("transformList", 3, &expand<&list_fold>),
    member("transformList", 4, &expand<&list_fold>),
    member("transformMap", 3, &expand<&map_fold>),
    member("transformMap", 4, &expand<&map_fold>),
    member("transformMapEntry", 3, &expand<&map_entry_fold>),
    member("transformMapEntry", 4, &expand<&map_entry_fold>),
};

}  // namespace

std::span<const Macro> two_variable_macros() {
  return macros;
}

}  // namespace kastell::cel
