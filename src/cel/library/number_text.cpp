#include "cel/library/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <system_error>

#include "base/ascii.h"

namespace kastell::cel {
namespace {

bool equal_ignoring_case(std::string_view text, std::string_view lower_word) {
  return std::equal(text.begin(), text.end(), lower_word.begin(), lower_word.end(),
                    [](char a, char b) { return to_lower(a) == b; });
}

std::optional<std::string> format_special(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  return std::nullopt;
}

template <typename... Format>
std::string print(double value, Format... format) {
  std::array<char, 512> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format...).ptr;
  return std::string(buffer.data(), end);
}

// Go: an underscore stands between digits; the prefix 0x counts as one.
bool underscores_separate_digits(std::string_view text) {
  bool after_digit = false;
  bool after_underscore = false;
  bool hexadecimal = false;
  if (text.size() >= 2 && text[0] == '0' && to_lower(text[1]) == 'x') {
    hexadecimal = after_digit = true;
    text.remove_prefix(2);
  }
  for (const char c : text) {
    const bool digit = hexadecimal ? is_hexadecimal_digit(c) : is_digit(c);
    if (c == '_' ? !after_digit : (after_underscore && !digit)) return false;
    after_digit = digit;
    after_underscore = c == '_';
  }
  return !after_underscore;
}

// digits[.digits][e±digits], at least one digit; hexadecimal digits need the exponent p.
bool is_number(std::string_view text, bool hexadecimal) {
  std::size_t at = 0;
  const auto skip_digits = [&](bool (*accept)(char)) {
    const std::size_t begin = at;
    while (at < text.size() && accept(text[at])) ++at;
    return at - begin;
  };
  bool (*const accept)(char) = hexadecimal ? is_hexadecimal_digit : is_digit;
  std::size_t digits = skip_digits(accept);
  if (at < text.size() && text[at] == '.') {
    ++at;
    digits += skip_digits(accept);
  }
  if (digits == 0) return false;
  if (at == text.size()) return !hexadecimal;
  if (to_lower(text[at++]) != (hexadecimal ? 'p' : 'e')) return false;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  return skip_digits(is_digit) > 0 && at == text.size();
}

std::optional<double> parse_magnitude(std::string_view text) {
  if (equal_ignoring_case(text, "inf") || equal_ignoring_case(text, "infinity")) {
    return std::numeric_limits<double>::infinity();
  }
  if (!underscores_separate_digits(text)) return std::nullopt;
  std::string number(text);
  std::erase(number, '_');
  const bool hexadecimal = number.size() > 2 && number[0] == '0' && to_lower(number[1]) == 'x';
  if (!is_number(std::string_view(number).substr(hexadecimal ? 2 : 0), hexadecimal)) return std::nullopt;
  // from_chars cannot tell overflow from underflow; the syntax is checked, so strtod may.
  const double value = std::strtod(number.c_str(), nullptr);
  return std::isinf(value) ? std::nullopt : std::optional(value);
}

template <typename Integer>
std::optional<Integer> parse_digits(std::string_view text) {
  Integer value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string format_double(double value) {
  if (const auto special = format_special(value)) return *special;
  const std::string scientific = print(value, std::chars_format::scientific);
  const std::string_view exponent = std::string_view(scientific).substr(scientific.find('e') + 1);
  const std::int64_t power = *parse_int(exponent);
  return power < -4 || power >= 6 ? scientific : print(value, std::chars_format::fixed);
}

std::string format_double_fixed(double value) {
  if (const auto special = format_special(value)) return *special;
  return print(value, std::chars_format::fixed);
}

std::optional<double> parse_double(std::string_view text) {
  if (equal_ignoring_case(text, "nan")) return std::numeric_limits<double>::quiet_NaN();
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const auto magnitude = parse_magnitude(text);
  if (!magnitude) return std::nullopt;
  return negative ? -*magnitude : *magnitude;
}

std::optional<std::int64_t> parse_int(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  return parse_digits<std::int64_t>(text);
}

std::optional<std::uint64_t> parse_uint(std::string_view text) {
  return parse_digits<std::uint64_t>(text);
}

std::optional<bool> parse_bool(std::string_view text) {
  constexpr std::string_view yes[] = {"1", "t", "T", "true", "TRUE", "True"};
  constexpr std::string_view no[] = {"0", "f", "F", "false", "FALSE", "False"};
  if (std::ranges::find(yes, text) != std::end(yes)) return true;
  if (std::ranges::find(no, text) != std::end(no)) return false;
  return std::nullopt;
}

}  // namespace kastell::cel
