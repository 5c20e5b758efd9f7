#include "cel/operators.h"

#include <algorithm>
#include <array>

namespace kastell::cel::operators {

namespace {

constexpr std::array table{
    Operator{conditional, "", Precedence::choice, 3},
    Operator{logical_or, "||", Precedence::disjunction, 2},
    Operator{logical_and, "&&", Precedence::conjunction, 2},
    Operator{equals, "==", Precedence::relation, 2},
    Operator{not_equals, "!=", Precedence::relation, 2},
    Operator{less, "<", Precedence::relation, 2},
    Operator{less_equals, "<=", Precedence::relation, 2},
    Operator{greater, ">", Precedence::relation, 2},
    Operator{greater_equals, ">=", Precedence::relation, 2},
    Operator{in, "in", Precedence::relation, 2},
    Operator{add, "+", Precedence::addition, 2},
    Operator{subtract, "-", Precedence::addition, 2},
    Operator{multiply, "*", Precedence::multiplication, 2},
    Operator{divide, "/", Precedence::multiplication, 2},
    Operator{modulo, "%", Precedence::multiplication, 2},
    Operator{logical_not, "!", Precedence::unary, 1},
    Operator{negate, "-", Precedence::unary, 1},
    Operator{index, "", Precedence::postfix, 2},
    Operator{optional_index, "", Precedence::postfix, 2},
    Operator{optional_select, "", Precedence::postfix, 2},
};

}  // namespace

const Operator* find(std::string_view function) {
  const auto* found = std::ranges::find(table, function, &Operator::function);
  return found == table.end() ? nullptr : found;
}

}  // namespace kastell::cel::operators
