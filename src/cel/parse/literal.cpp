#include "cel/parse/literal.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

#include "base/text.h"

namespace kastell::cel {

namespace {

using Literal = std::expected<Value, std::string_view>;

template <typename T>
std::expected<T, std::errc> read_integer(std::string_view digits, int base) {
  T value{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc{}) return std::unexpected(error);
  if (end != digits.data() + digits.size()) return std::unexpected(std::errc::invalid_argument);
  return value;
}

Literal int_value(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::string_view digits = text.substr(negative ? 1 : 0);
  const bool hex = digits.starts_with("0x");
  std::string signed_digits{negative ? "-" : ""};
  signed_digits += hex ? digits.substr(2) : digits;
  const auto value = read_integer<std::int64_t>(signed_digits, hex ? 16 : 10);
  if (!value) return std::unexpected("invalid int literal");
  return make_int(*value);
}

Literal uint_value(std::string_view text) {
  text.remove_suffix(1);  // u
  const bool hex = text.starts_with("0x");
  const auto value = read_integer<std::uint64_t>(hex ? text.substr(2) : text, hex ? 16 : 10);
  if (!value) return std::unexpected("invalid uint literal");
  return make_uint(*value);
}

Literal double_value(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  // from_chars does not tell overflow, an error, from underflow, which is zero.
  if (error == std::errc::result_out_of_range) value = std::strtod(std::string{text}.c_str(), nullptr);
  if (error == std::errc::invalid_argument || std::isinf(value)) return std::unexpected("invalid double literal");
  return make_double(value);
}

// The text between the quotes.
struct Quoted {
  std::string_view inside;
  bool raw;
};

Quoted unquote(std::string_view text) {
  const std::size_t prefix = text.find_first_of("\"'");
  const bool raw = text.substr(0, prefix).find_first_of("rR") != std::string_view::npos;
  text.remove_prefix(prefix);
  const bool triple = text.size() >= 6 && (text.starts_with(R"(""")") || text.starts_with("'''"));
  const std::size_t quote = triple ? 3 : 1;
  return {text.substr(quote, text.size() - 2 * quote), raw};
}

char simple_escape(char c) {
  switch (c) {
    case 'a': return '\a';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    default: return c;  // \ ' " ` ?
  }
}

bool is_scalar(char32_t c) {
  return c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

// Where an escape's digits lie behind the backslash, and their base; size 0 for simple escapes.
struct EscapeDigits {
  std::size_t begin, size;
  int base;
};

EscapeDigits escape_digits(char c) {
  if (c >= '0' && c <= '3') return {1, 3, 8};
  if (c == 'x' || c == 'X') return {2, 2, 16};
  if (c == 'u') return {2, 4, 16};
  if (c == 'U') return {2, 8, 16};
  return {2, 0, 0};
}

// Appends what the escape at `at` means and gives where the text goes on; the message if it means nothing.
std::expected<std::size_t, std::string_view> append_escape(std::string& out, std::string_view text, std::size_t at,
                                                           bool is_bytes) {
  const char c = text[at + 1];
  const EscapeDigits digits = escape_digits(c);
  if (digits.size == 0) {
    out += simple_escape(c);
    return at + 2;
  }
  const auto code = read_integer<std::uint32_t>(text.substr(at + digits.begin, digits.size), digits.base);
  if (!code || (is_bytes && (c == 'u' || c == 'U'))) return std::unexpected("unable to unescape string");
  if (!is_bytes && !is_scalar(*code)) return std::unexpected("invalid unicode code point");
  if (is_bytes) {
    out += static_cast<char>(*code);
  } else {
    append_utf8(out, *code);
  }
  return at + digits.begin + digits.size;
}

// Line ends in literals are always \n.
std::expected<std::string, std::string_view> unescape(Quoted quoted, bool is_bytes) {
  const std::string_view text = quoted.inside;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\\' && !quoted.raw) {
      const auto next = append_escape(out, text, at, is_bytes);
      if (!next) return std::unexpected(next.error());
      at = *next;
    } else if (text[at] == '\r') {
      out += '\n';
      at += text.substr(at).starts_with("\r\n") ? 2 : 1;
    } else {
      out += text[at++];
    }
  }
  return out;
}

Literal text_value(Arena& arena, std::string_view text, bool is_bytes) {
  const Quoted quoted = unquote(text);
  std::string_view content = quoted.inside;
  if (content.find_first_of("\\\r") != std::string_view::npos) {
    const auto unescaped = unescape(quoted, is_bytes);
    if (!unescaped) return std::unexpected(unescaped.error());
    content = arena.copy(*unescaped);
  }
  return is_bytes ? make_bytes(content) : make_string(content);
}

}  // namespace

Literal literal_value(Arena& arena, TokenKind kind, std::string_view text) {
  switch (kind) {
    case TokenKind::int_literal: return int_value(text);
    case TokenKind::uint_literal: return uint_value(text);
    case TokenKind::double_literal: return double_value(text);
    case TokenKind::string_literal: return text_value(arena, text, false);
    case TokenKind::bytes_literal: return text_value(arena, text, true);
    case TokenKind::true_: return make_bool(true);
    case TokenKind::false_: return make_bool(false);
    default: return make_null();
  }
}

}  // namespace kastell::cel
