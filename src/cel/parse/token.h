// The tokens of a CEL expression.
#pragma once

#include <cstdint>

namespace kastell::cel {

enum class TokenKind : std::uint8_t {
  end,
  identifier,
  escaped_identifier,  // `a-b`
  int_literal,
  uint_literal,
  double_literal,
  string_literal,
  bytes_literal,
  true_,
  false_,
  null,
  in,
  equals,
  not_equals,
  less,
  less_equals,
  greater,
  greater_equals,
  logical_and,
  logical_or,
  left_bracket,
  right_bracket,
  left_brace,
  right_brace,
  left_parenthesis,
  right_parenthesis,
  dot,
  comma,
  minus,
  exclamation,
  question,
  colon,
  plus,
  star,
  slash,
  percent,
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::uint32_t begin = 0, end = 0;  // byte offsets into the expression
};

}  // namespace kastell::cel
