// What Kubernetes refuses when it makes a program of a checked expression.
#pragma once

#include <optional>

#include "base/result.h"
#include "cel/ast.h"
#include "cel/environment.h"

namespace kastell::cel {

// The first constant conversion that fails, int('x'), or constant regular expression that does not
// compile, 'a'.matches('('); its place is the line and column in the expression.
std::optional<Error> find_failing_constant(const Environment& environment, const Ast& ast);

}  // namespace kastell::cel
