// Calls of format() with a literal text and a literal list (cel-go ext/formatting.go,
// stringFormatValidator): clauses, number and types of the arguments.
#pragma once

#include <optional>

#include "cel/compile.h"

namespace kastell::cel {

// What is wrong with the call; nothing if it is good or no such call.
std::optional<Diagnostic> validate_format_call(const Environment& environment, const Ast& ast, const Expr& call);

}  // namespace kastell::cel
