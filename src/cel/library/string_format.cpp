#include "cel/library/string_format.h"

#include <array>
#include <charconv>
#include <cstdio>

#include "base/ascii.h"
#include "cel/library/number_text.h"

namespace kastell::cel {
namespace {

constexpr std::string_view lower_digits = "0123456789abcdef";
constexpr std::string_view upper_digits = "0123456789ABCDEF";

// ".12" off the front; nothing when there is none.
std::expected<std::optional<std::uint32_t>, std::string> take_precision(std::string_view& text, std::uint32_t limit) {
  constexpr std::string_view while_parsing = "could not parse formatting clause: error while parsing precision: ";
  if (!text.starts_with('.')) return std::nullopt;
  std::size_t end = 1;
  while (end < text.size() && is_digit(text[end])) ++end;
  if (end == text.size())
    return std::unexpected(std::string(while_parsing) + "could not find end of precision specifier");
  const std::string_view digits = text.substr(1, end - 1);
  text.remove_prefix(end);
  const auto precision = parse_uint(digits);
  if (!precision) {
    return std::unexpected(std::string(while_parsing) +
                           "error while converting precision to integer: strconv.Atoi: " + "parsing \"" +
                           std::string(digits) + "\": " + (digits.empty() ? "invalid syntax" : "value out of range"));
  }
  if (*precision > limit) {
    return std::unexpected(std::string(while_parsing) + "precision " + std::to_string(*precision) +
                           " exceeds maximum allowed precision " + std::to_string(limit));
  }
  return static_cast<std::uint32_t>(*precision);
}

std::string hexadecimal(std::string_view bytes, std::string_view digits) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string print(const char* format, double value, std::uint32_t precision) {
  std::string text(static_cast<std::size_t>(precision) + 400, '\0');
  const int length = std::snprintf(text.data(), text.size(), format, static_cast<int>(precision), value);
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::string in_base(const Value& value, int base) {
  std::array<char, 72> buffer;
  const auto result = value.kind == value_kind::uint
                          ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), as_uint(value), base)
                          : std::to_chars(buffer.data(), buffer.data() + buffer.size(), value.integer, base);
  return std::string(buffer.data(), result.ptr);
}

}  // namespace

std::expected<FormatClause, std::string> take_format_clause(std::string_view& text, std::uint32_t limit) {
  const auto precision = take_precision(text, limit);
  if (!precision) return std::unexpected(precision.error());
  const char verb = text[0];
  text.remove_prefix(1);
  if (std::string_view("sdfebxXo").find(verb) == std::string_view::npos) {
    return std::unexpected("could not parse formatting clause: unrecognized formatting clause \"" +
                           std::string(1, verb) + "\"");
  }
  return FormatClause{verb, *precision};
}

std::string format_fixed(double value, std::uint32_t precision) {
  return print("%.*f", value, precision);
}

std::string format_scientific(double value, std::uint32_t precision) {
  return print("%.*e", value, precision);
}

std::optional<std::string> format_in_base(const FormatClause& clause, const Value& value) {
  const bool is_hexadecimal = clause.verb == 'x' || clause.verb == 'X';
  if (is_hexadecimal && (value.kind == Kind::string || value.kind == value_kind::bytes)) {
    return hexadecimal(as_text(value), clause.verb == 'X' ? upper_digits : lower_digits);
  }
  if (clause.verb == 'b' && value.kind == Kind::boolean) return value.boolean ? "1" : "0";
  if (value.kind != Kind::integer && value.kind != value_kind::uint) return std::nullopt;
  std::string text = in_base(value, clause.verb == 'b' ? 2 : clause.verb == 'o' ? 8 : 16);
  if (clause.verb == 'X') {
    for (char& c : text) c = to_upper(c);
  }
  return text;
}

FormatText format_text(std::string_view format, std::span<const Value> arguments, FormatValue format_value,
                       std::uint32_t precision_limit, const SymbolTable& symbols) {
  std::string text;
  std::size_t used = 0;
  while (!format.empty()) {
    const std::size_t literal = std::min(format.find('%'), format.size());
    text += format.substr(0, literal);
    format.remove_prefix(literal);
    if (format.empty()) break;
    format.remove_prefix(1);
    if (format.starts_with('%')) {
      text += '%';
      format.remove_prefix(1);
      continue;
    }
    if (used >= arguments.size()) return std::unexpected("index " + std::to_string(used) + " out of range");
    if (format.empty()) return std::unexpected("unexpected end of string");
    const auto clause = take_format_clause(format, precision_limit);
    if (!clause) return std::unexpected(clause.error());
    const FormatText shown = format_value(*clause, arguments[used++], symbols);
    if (!shown) return std::unexpected("error during formatting: " + shown.error());
    text += *shown;
  }
  return text;
}

}  // namespace kastell::cel
