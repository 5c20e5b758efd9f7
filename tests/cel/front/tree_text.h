// A syntax tree as one line, with the id of every node:
//
//   _+_#2(a#1, 3#3)          call, identifier, literal
//   a#1.f#2(b#3)             member call
//   a#1.b#2  a#1.b?#2        select, presence test
//   [1#2, ?a#3]#1            list, with an optional element
//   {k#3:#2 v#4}#1           map; #2 is the entry's id
//   T{f:#2 v#3}#1            structure
//   fold#9(x, , range#1, @result, start#2, condition#3, step#4, result#5)
#pragma once

#include <string>

#include "cel/ast.h"

namespace kastell::cel::front {

std::string tree_text(const Expr& expr);

}  // namespace kastell::cel::front
