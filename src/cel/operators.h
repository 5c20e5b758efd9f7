// The operators of CEL: the names their calls have in the tree, how they are written, how they bind.
#pragma once

#include <cstdint>
#include <string_view>

namespace kastell::cel::operators {

inline constexpr std::string_view conditional = "_?_:_", logical_or = "_||_", logical_and = "_&&_", logical_not = "!_",
                                  negate = "-_", equals = "_==_", not_equals = "_!=_", less = "_<_",
                                  less_equals = "_<=_", greater = "_>_", greater_equals = "_>=_", in = "@in",
                                  add = "_+_", subtract = "_-_", multiply = "_*_", divide = "_/_", modulo = "_%_",
                                  index = "_[_]", optional_index = "_[?_]", optional_select = "_?._",
                                  not_strictly_false = "@not_strictly_false";

// Binding strength: a higher precedence binds looser. Zero: not an operator.
enum class Precedence : std::uint8_t {
  none = 0,
  postfix,
  unary,
  multiplication,
  addition,
  relation,
  conjunction,
  disjunction,
  choice
};

struct Operator {
  std::string_view function;
  std::string_view symbol;  // as written between or before operands; empty if it has a form of its own
  Precedence precedence = Precedence::none;
  std::uint8_t arity = 0;
};

// The operator that a function name stands for, or null.
const Operator* find(std::string_view function);

}  // namespace kastell::cel::operators
