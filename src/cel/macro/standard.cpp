#include <array>

#include "cel/macro/names.h"
#include "cel/macros.h"
#include "cel/operators.h"
#include "cel/parse/macro_expander.h"

namespace kastell::cel {

namespace {

const Expr* expand_has(MacroExpander& expander, const MacroCall& call) {
  const Expr& argument = *call.arguments[0];
  if (argument.kind != ExprKind::select) return expander.misuse(argument, "invalid argument to has() macro");
  return expander.presence_test(*argument.operand, argument.name);
}

// What is wrong with the argument that should name the loop variable; empty if it is fine.
std::string_view variable_problem(const Expr& argument, std::string_view not_a_name) {
  if (argument.kind != ExprKind::identifier) return not_a_name;
  return overwrites_accumulator(argument.name) ? "iteration variable overwrites accumulator variable" : "";
}

// A comprehension's parts but for the range and the variable.
struct Fold {
  const Expr* start;
  const Expr* condition;
  const Expr* step;
  const Expr* result;
};

const Expr* fold_over(MacroExpander& expander, const MacroCall& call, const Fold& fold) {
  return expander.comprehension({.iteration_variable = call.arguments[0]->name,
                                 .iteration_variable2 = {},
                                 .range = call.target,
                                 .accumulator = accumulator_name,
                                 .accumulator_start = fold.start,
                                 .loop_condition = fold.condition,
                                 .loop_step = fold.step,
                                 .result = fold.result});
}

template <Fold (*make_fold)(MacroExpander&, const Expr& predicate)>
const Expr* expand_quantifier(MacroExpander& expander, const MacroCall& call) {
  const std::string_view problem = variable_problem(*call.arguments[0], "argument must be a simple name");
  if (!problem.empty()) return expander.misuse(*call.arguments[0], std::string{problem});
  return fold_over(expander, call, make_fold(expander, *call.arguments[1]));
}

Fold all_fold(MacroExpander& e, const Expr& predicate) {
  Fold fold{};
  fold.start = e.literal(make_bool(true));
  fold.condition = e.call(operators::not_strictly_false, {e.accumulator()});
  const Expr* accumulator = e.accumulator();
  fold.step = e.call(operators::logical_and, {accumulator, &predicate});
  fold.result = e.accumulator();
  return fold;
}

Fold exists_fold(MacroExpander& e, const Expr& predicate) {
  Fold fold{};
  fold.start = e.literal(make_bool(false));
  const Expr* negated = e.call(operators::logical_not, {e.accumulator()});
  fold.condition = e.call(operators::not_strictly_false, {negated});
  const Expr* accumulator = e.accumulator();
  fold.step = e.call(operators::logical_or, {accumulator, &predicate});
  fold.result = e.accumulator();
  return fold;
}

Fold exists_one_fold(MacroExpander& e, const Expr& predicate) {
  Fold fold{};
  fold.start = e.literal(make_int(0));
  fold.condition = e.literal(make_bool(true));
  const Expr* before = e.accumulator();
  const Expr* one = e.literal(make_int(1));
  const Expr* counted = e.call(operators::add, {before, one});
  const Expr* kept = e.accumulator();
  fold.step = e.call(operators::conditional, {&predicate, counted, kept});
  const Expr* count = e.accumulator();
  const Expr* wanted = e.literal(make_int(1));
  fold.result = e.call(operators::equals, {count, wanted});
  return fold;
}

// Appends `element` to a list, if `predicate` is null or holds.
Fold append_fold(MacroExpander& e, const Expr* predicate, const Expr* element) {
  Fold fold{};
  fold.start = e.list();
  fold.condition = e.literal(make_bool(true));
  const Expr* before = e.accumulator();
  const Expr* appended = e.list({&element, 1});
  fold.step = e.call(operators::add, {before, appended});
  if (predicate != nullptr) {
    const Expr* kept = e.accumulator();
    fold.step = e.call(operators::conditional, {predicate, fold.step, kept});
  }
  fold.result = e.accumulator();
  return fold;
}

const Expr* expand_append(MacroExpander& expander, const MacroCall& call, const Expr* predicate, const Expr* element) {
  const std::string_view problem = variable_problem(*call.arguments[0], "argument is not an identifier");
  if (!problem.empty()) return expander.misuse(*call.arguments[0], std::string{problem});
  return fold_over(expander, call, append_fold(expander, predicate, element));
}

const Expr* expand_map(MacroExpander& expander, const MacroCall& call) {
  const bool filtered = call.arguments.size() == 3;
  return expand_append(expander, call, filtered ? call.arguments[1] : nullptr, call.arguments.back());
}

const Expr* expand_filter(MacroExpander& expander, const MacroCall& call) {
  return expand_append(expander, call, call.arguments[1], call.arguments[0]);
}

constexpr std::array macros{
    Macro{.function = "has", .member = false, .argument_count = 1, .expand = &expand_has},
    Macro{.function = "all", .member = true, .argument_count = 2, .expand = &expand_quantifier<&all_fold>},
    Macro{.function = "exists", .member = true, .argument_count = 2, .expand = &expand_quantifier<&exists_fold>},
    Macro{
        .function = "exists_one", .member = true, .argument_count = 2, .expand = &expand_quantifier<&exists_one_fold>},
    Macro{.function = "map", .member = true, .argument_count = 2, .expand = &expand_map},
    Macro{.function = "map", .member = true, .argument_count = 3, .expand = &expand_map},
    Macro{.function = "filter", .member = true, .argument_count = 2, .expand = &expand_filter},
};

}  // namespace

std::span<const Macro> standard_macros() {
  return macros;
}

}  // namespace kastell::cel
