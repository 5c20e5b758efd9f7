// Which parts of an expression depend on nothing outside themselves.
#pragma once

#include "cel/ast.h"
#include "cel/environment.h"

namespace kastell::cel::fast {

// No variable is read and no local of a comprehension around it: the value is known in advance.
bool is_closed(const Environment& environment, const Ast& ast, const Expr& expr);

}  // namespace kastell::cel::fast
