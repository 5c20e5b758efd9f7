#include "cel/conformance/block_macros.h"

#include <set>
#include <string>

#include "cel/macro/names.h"

namespace kastell::cel::conformance {
namespace {

// Names of variables live as long as the program of the tests.
std::string_view kept(const std::string& name) {
  static std::set<std::string> names;
  return *names.insert(name).first;
}

std::string number_of(const Expr& literal) {
  return std::to_string(literal.literal.integer);
}

std::string_view index_name(std::size_t number) {
  return kept("@index" + std::to_string(number));
}

// Each element of the list gets its name in turn; later ones may use the earlier.
const Expr* expand_block(MacroExpander& expander, const MacroCall& call) {
  if (!is_called_in(call, "cel") || call.arguments[0]->kind != ExprKind::list) return nullptr;
  const auto values = call.arguments[0]->arguments;
  const Expr* result = call.arguments[1];
  for (std::size_t i = values.size(); i-- > 0;) {
    Comprehension binding{};
    binding.iteration_variable = unused_variable;
    binding.range = expander.list();
    binding.accumulator = index_name(i);
    binding.accumulator_start = values[i];
    binding.loop_condition = expander.literal(make_bool(false));
    binding.loop_step = expander.identifier(index_name(i));
    binding.result = result;
    result = expander.comprehension(binding);
  }
  return result;
}

const Expr* expand_index(MacroExpander& expander, const MacroCall& call) {
  if (!is_called_in(call, "cel")) return nullptr;
  return expander.identifier(index_name(static_cast<std::size_t>(call.arguments[0]->literal.integer)));
}

const Expr* expand_variable(MacroExpander& expander, const MacroCall& call, const std::string& prefix) {
  if (!is_called_in(call, "cel")) return nullptr;
  return expander.identifier(kept(prefix + number_of(*call.arguments[0]) + ":" + number_of(*call.arguments[1])));
}

const Expr* expand_iteration_variable(MacroExpander& expander, const MacroCall& call) {
  return expand_variable(expander, call, "@it:");
}

const Expr* expand_accumulator(MacroExpander& expander, const MacroCall& call) {
  return expand_variable(expander, call, "@ac:");
}

constexpr Macro macros[] = {
    {.function = "block", .member = true, .argument_count = 2, .expand = &expand_block},
    {.function = "index", .member = true, .argument_count = 1, .expand = &expand_index},
    {.function = "iterVar", .member = true, .argument_count = 2, .expand = &expand_iteration_variable},
    {.function = "accuVar", .member = true, .argument_count = 2, .expand = &expand_accumulator},
};

}  // namespace

Library block_library() {
  return {.name = "conformance.block", .macros = macros};
}

}  // namespace kastell::cel::conformance
