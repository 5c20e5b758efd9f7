// What Kubernetes asks of expressions beyond types (cel-go's AST validators). By the environment's
// options: literal arguments of duration(), timestamp() and matches() must be good
// (validate_literals), and the elements of a list or map literal must be of the very same type
// (homogeneous_literals): dyn beside int will not do.
#pragma once

#include <vector>

#include "cel/compile.h"

namespace kastell::cel {

std::vector<Diagnostic> validate_literals(const Environment& environment, const Ast& ast);

}  // namespace kastell::cel
