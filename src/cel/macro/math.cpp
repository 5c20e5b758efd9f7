#include <algorithm>
#include <array>

#include "cel/macro/names.h"
#include "cel/macros.h"
#include "cel/parse/macro_expander.h"

namespace kastell::cel {

namespace {

// Whether an argument may turn out to be a number; literals of other types never do.
bool may_be_number(const Expr* argument) {
  switch (argument->kind) {
    case ExprKind::literal: {
      const Kind kind = argument->literal.kind;
      return kind == Kind::integer || kind == Kind::floating || kind == value_kind::uint;
    }
    case ExprKind::list:
    case ExprKind::map:
    case ExprKind::structure: return false;
    default: return true;
  }
}

bool is_list_of_numbers(const Expr* argument) {
  return argument->kind == ExprKind::list && !argument->arguments.empty() &&
         std::ranges::all_of(argument->arguments, &may_be_number);
}

const Expr* expand_extreme(MacroExpander& expander, const MacroCall& call, const std::string& name,
                           std::string_view function) {
  if (!is_called_in(call, "math")) return nullptr;
  const auto arguments = call.arguments;
  if (arguments.empty()) return expander.misuse(*call.target, name + " requires at least one argument");
  if (arguments.size() == 1) {
    if (is_list_of_numbers(arguments[0]) || may_be_number(arguments[0])) return expander.call(function, arguments);
    return expander.misuse(*arguments[0], name + " invalid single argument value");
  }
  const auto wrong = std::ranges::find_if_not(arguments, &may_be_number);
  if (wrong != arguments.end()) {
    return expander.misuse(**wrong, name + " simple literal arguments must be numeric");
  }
  if (arguments.size() == 2) return expander.call(function, arguments);
  return expander.call(function, {expander.list(arguments)});
}

const Expr* expand_greatest(MacroExpander& expander, const MacroCall& call) {
  return expand_extreme(expander, call, "math.greatest()", "math.@max");
}

const Expr* expand_least(MacroExpander& expander, const MacroCall& call) {
  return expand_extreme(expander, call, "math.least()", "math.@min");
}

constexpr std::array macros{
    Macro{.function = "least", .member = true, .argument_count = -1, .expand = &expand_least},
    Macro{.function = "greatest", .member = true, .argument_count = -1, .expand = &expand_greatest},
};

}  // namespace

std::span<const Macro> math_macros() {
  return macros;
}

}  // namespace kastell::cel
