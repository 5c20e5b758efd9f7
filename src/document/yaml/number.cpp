#include "document/yaml/number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "base/ascii.h"
#include "document/yaml/characters.h"

namespace kastell::document::yaml {

namespace {

Resolved integer(std::int64_t value) {
  Resolved resolved;
  resolved.type = Resolved::Type::integer;
  resolved.integer = value;
  return resolved;
}

Resolved large_integer(std::uint64_t value) {
  Resolved resolved;
  resolved.type = Resolved::Type::large_integer;
  resolved.large_integer = value;
  return resolved;
}

Resolved floating(double value) {
  Resolved resolved;
  resolved.type = Resolved::Type::floating;
  resolved.floating = value;
  return resolved;
}

std::optional<std::uint64_t> read_digits(std::string_view digits, int base) {
  std::uint64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto result = std::from_chars(digits.data(), end, value, base);
  if (result.ec != std::errc{} || result.ptr != end) return std::nullopt;
  return value;
}

std::optional<Resolved> with_sign(std::uint64_t magnitude, bool negative, bool signed_form) {
  constexpr std::uint64_t most = std::uint64_t{1} << 63;
  if (negative) {
    if (magnitude > most) return std::nullopt;
    return integer(static_cast<std::int64_t>(0 - magnitude));
  }
  if (magnitude < most) return integer(static_cast<std::int64_t>(magnitude));
  // A '+' is for int64 only.
  if (signed_form) return std::nullopt;
  return large_integer(magnitude);
}

struct Radix {
  int base;
  std::size_t prefix;  // bytes before the digits
};

Radix radix_of(std::string_view digits) {
  if (digits.size() < 2 || digits[0] != '0') return {10, 0};
  switch (digits[1]) {
    case 'x':
    case 'X': return {16, 2};
    case 'b':
    case 'B': return {2, 2};
    case 'o':
    case 'O': return {8, 2};
    default: return {8, 1};
  }
}

std::optional<Resolved> read_integer(std::string_view text) {
  const bool negative = text.starts_with('-');
  const bool signed_form = negative || text.starts_with('+');
  const std::string_view digits = text.substr(signed_form ? 1 : 0);
  const Radix radix = radix_of(digits);
  const auto magnitude = read_digits(digits.substr(radix.prefix), radix.base);
  if (!magnitude) return std::nullopt;
  return with_sign(*magnitude, negative, signed_form);
}

// "0b-1" and "0b+1": the library's second look at binary numbers lets a sign stand behind the prefix.
std::optional<Resolved> read_signed_binary(std::string_view text) {
  if (!text.starts_with("0b-") && !text.starts_with("0b+")) return std::nullopt;
  const auto magnitude = read_digits(text.substr(3), 2);
  if (!magnitude) return std::nullopt;
  return with_sign(*magnitude, text[2] == '-', true);
}

// [-+]? ( . digits+ | digits+ ( . digits* )? ) ( [eE] [-+]? digits+ )?
bool has_float_shape(std::string_view text) {
  std::size_t at = 0;
  const auto peek = [&] { return at < text.size() ? text[at] : '\0'; };
  const auto digits = [&] {
    const std::size_t begin = at;
    while (is_digit(peek())) ++at;
    return at > begin;
  };
  if (peek() == '+' || peek() == '-') ++at;
  const bool whole = digits();
  if (peek() == '.') {
    ++at;
    if (!digits() && !whole) return false;
  } else if (!whole) {
    return false;
  }
  if (peek() == 'e' || peek() == 'E') {
    ++at;
    if (peek() == '+' || peek() == '-') ++at;
    if (!digits()) return false;
  }
  return at == text.size();
}

// Nothing if it overflows: then the scalar is a string.
std::optional<Resolved> read_float(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec == std::errc::result_out_of_range) {
    value = std::strtod(std::string(text).c_str(), nullptr);  // tells underflow from overflow
    if (std::isinf(value)) return std::nullopt;
  }
  return floating(value);
}

std::optional<Resolved> read_without_underscores(std::string_view text) {
  if (const auto value = read_integer(text)) return value;
  if (has_float_shape(text)) {
    if (const auto value = read_float(text)) return value;
  }
  return read_signed_binary(text);
}

// The shortest digits that give `value` back, and the power of ten of the first.
struct Decimal {
  std::string digits;
  int exponent;
};

template <typename Float>
Decimal shortest(Float value) {
  std::array<char, 40> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific).ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = text.find('e');
  Decimal decimal{std::string(1, text[0]), 0};
  const std::size_t sign = text[e + 1] == '+' ? 1 : 0;  // from_chars reads '-' only
  std::from_chars(text.data() + e + 1 + sign, text.data() + text.size(), decimal.exponent);
  if (e > 2) decimal.digits += text.substr(2, e - 2);
  return decimal;
}

}  // namespace

std::optional<Resolved> read_number(std::string_view text) {
  // Most words that begin with a digit and are no numbers show it in their last byte: 10m, 1Gi, 5s.
  const char last = text.back();
  if (!is_digit(last) && hexadecimal_value(last) < 0 && last != '.' && last != '_') return std::nullopt;
  if (text.find('_') == std::string_view::npos) return read_without_underscores(text);
  std::string stripped;
  std::ranges::copy_if(text, std::back_inserter(stripped), [](char c) { return c != '_'; });
  return read_without_underscores(stripped);
}

std::optional<Resolved> read_fraction(std::string_view text) {
  if (!has_float_shape(text)) return std::nullopt;
  return read_float(text);
}

std::optional<std::int64_t> integer_of(double value) {
  if (value != std::trunc(value) || std::abs(value) >= 0x1p63) return std::nullopt;
  if (std::abs(value) <= 0x1p53) return static_cast<std::int64_t>(value);
  // JSON gets the shortest digits that tell this double from its neighbours, filled up with zeros.
  Decimal decimal = shortest(std::abs(value));
  decimal.digits.resize(static_cast<std::size_t>(decimal.exponent) + 1, '0');
  const auto magnitude = read_digits(decimal.digits, 10);
  if (!magnitude) return std::nullopt;
  const auto resolved = with_sign(*magnitude, value < 0, true);
  if (!resolved) return std::nullopt;
  return resolved->integer;
}

std::string format_key(double value) {
  if (std::isnan(value)) return ".nan";
  const auto narrow = static_cast<float>(value);
  if (std::isinf(narrow)) return narrow > 0 ? ".inf" : "-.inf";
  const std::string sign = std::signbit(narrow) ? "-" : "";
  const Decimal decimal = shortest(std::abs(narrow));
  const std::string& digits = decimal.digits;
  const int exponent = decimal.exponent;
  if (exponent < -4 || exponent >= 6) {
    const int size = std::abs(exponent);
    return sign + digits[0] + (digits.size() > 1 ? "." + digits.substr(1) : "") + (exponent < 0 ? "e-" : "e+") +
           (size < 10 ? "0" : "") + std::to_string(size);
  }
  if (exponent < 0) return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return sign + digits + std::string(whole - digits.size(), '0');
  return sign + digits.substr(0, whole) + "." + digits.substr(whole);
}

}  // namespace kastell::document::yaml
