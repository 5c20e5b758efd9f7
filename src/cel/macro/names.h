// Names that macros bind, and namespaces that they are called in.
#pragma once

#include <string_view>

#include "cel/function.h"
#include "cel/parse/macro_expander.h"

namespace kastell::cel {

// The loop variable of a comprehension that does not loop.
inline constexpr std::string_view unused_variable = "#unused";

inline bool overwrites_accumulator(std::string_view name) {
  return name == accumulator_name || name == "__result__";
}

// The target of "math.greatest(1, 2)" is the identifier math.
inline bool is_called_in(const MacroCall& call, std::string_view name_space) {
  return call.target != nullptr && call.target->kind == ExprKind::identifier && call.target->name == name_space;
}

}  // namespace kastell::cel
