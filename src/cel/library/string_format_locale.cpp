// The clauses up to version 3 of the strings library, which is what Kubernetes offers (cel-go
// ext/formatting.go): numbers as golang.org/x/text prints them for en_US, nested values as CEL text.
#include <algorithm>
#include <cmath>
#include <vector>

#include "base/text.h"
#include "cel/library/go_quote.h"
#include "cel/library/number_text.h"
#include "cel/library/string_format.h"
#include "cel/library/timestamp_value.h"
#include "cel/time_text.h"
#include "cel/type.h"

namespace kastell::cel {
namespace {

FormatText text_of(const Value& value, const SymbolTable& symbols, std::uint32_t depth);

std::string type_text(const Type& type) {
  const std::string text = to_string(type);
  return text.substr(0, text.find('('));
}

// string(value) for the kinds that have it, and null.
FormatText scalar_text(const Value& value) {
  switch (value.kind) {
    case Kind::null: return "null";
    case Kind::boolean: return value.boolean ? "true" : "false";
    case Kind::integer: return std::to_string(value.integer);
    case Kind::floating: return format_double(value.floating);
    case Kind::string: return std::string(as_text(value));
    case value_kind::bytes:
      if (!find_invalid_utf8(as_text(value))) return std::string(as_text(value));
      return std::unexpected(
          "could not convert argument \"invalid UTF-8 in bytes, cannot convert to string\" to string");
    case value_kind::uint: return std::to_string(as_uint(value));
    case value_kind::duration: return format_duration_seconds(value.integer);
    case value_kind::timestamp: return format_timestamp(as_timestamp(value));
    case value_kind::type: return type_text(as_type(value));
    default:
      return std::unexpected(
          "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, "
          "and timestamps, was given " +
          std::string(type_name(value)));
  }
}

// As an element of a list or map: quoted where CEL would quote it, doubles with six decimals.
FormatText nested_text(const Value& value, const SymbolTable& symbols, std::uint32_t depth) {
  if (value.is_list() || is_map(value)) return text_of(value, symbols, depth);
  if (value.kind == Kind::floating && std::isfinite(value.floating)) {
    return format_fixed(value.floating, default_format_precision);
  }
  if (value.kind == value_kind::optional || value.kind == value_kind::opaque) {
    return std::unexpected("no formatting function for " + std::string(type_name(value)));
  }
  FormatText text = scalar_text(value);
  if (!text) return text;
  switch (value.kind) {
    case Kind::floating:
    case Kind::string: return go_quote(*text);
    case value_kind::bytes: return "b" + go_quote(*text);
    case value_kind::timestamp: return "timestamp(" + go_quote(*text) + ")";
    case value_kind::duration: return "duration(" + go_quote(*text) + ")";
    default: return text;
  }
}

FormatText list_text(const Value& list, const SymbolTable& symbols, std::uint32_t depth) {
  std::string text = "[";
  for (const Value& item : list.as_list()) {
    if (text.size() > 1) text += ", ";
    const FormatText shown = nested_text(item, symbols, depth + 1);
    if (!shown) return shown;
    text += *shown;
  }
  return text + "]";
}

bool is_shown_key(const Value& key) {
  return key.kind == Kind::string || key.kind == Kind::boolean || key.kind == Kind::integer ||
         key.kind == value_kind::uint;
}

FormatText map_text(const Value& map, const SymbolTable& symbols, std::uint32_t depth) {
  std::vector<std::pair<std::string, std::string>> entries;
  for (std::uint32_t i = 0; i < map_size(map); ++i) {
    const Value key = map_key(map, i, symbols);
    if (!is_shown_key(key)) {
      return std::unexpected("no formatting function for map key of type " + std::string(type_name(key)));
    }
    FormatText shown = nested_text(map_value(map, i), symbols, depth + 1);
    if (!shown) return shown;
    entries.emplace_back(*nested_text(key, symbols, depth + 1), *std::move(shown));
  }
  std::ranges::sort(entries);
  std::string text = "{";
  for (const auto& [key, value] : entries) {
    if (text.size() > 1) text += ", ";
    text.append(key).append(":").append(value);
  }
  return text + "}";
}

FormatText text_of(const Value& value, const SymbolTable& symbols, std::uint32_t depth) {
  if (depth > format_depth_limit) return std::unexpected(std::string(format_depth_exceeded));
  if (value.is_list()) return list_text(value, symbols, depth);
  if (is_map(value)) return map_text(value, symbols, depth);
  return scalar_text(value);
}

// %f and %e take doubles, and the strings that stand for values JSON cannot write.
std::optional<double> as_double(const Value& value) {
  if (value.kind == Kind::floating) return value.floating;
  const std::string_view text = value.as_string();
  if (text == "NaN" || text == "Infinity" || text == "-Infinity") return parse_double(text);
  return std::nullopt;
}

std::string with_grouping(std::string text) {
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  std::size_t at = std::min(text.find('.'), text.size());
  while (at > first + 3) text.insert(at -= 3, ",");
  return text;
}

std::optional<std::string> special_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-\u221e" : "\u221e";
  return std::nullopt;
}

// golang.org/x/text keeps the least number of decimals in eight bits: zeros at the end of more than 255 are dropped
// down to what is left of it.
std::size_t shown_length(std::string_view text, std::uint32_t precision) {
  if (precision < 256) return text.size();
  const std::size_t least = text.size() - precision + precision % 256;
  const std::size_t length = std::max(least, text.find_last_not_of('0') + 1);
  return text[length - 1] == '.' ? length - 1 : length;
}

std::string fixed_text(double value, std::uint32_t precision) {
  if (const auto special = special_text(value)) return *special;
  const std::string text = format_fixed(value == 0 ? 0 : value, precision);
  return with_grouping(text.substr(0, shown_length(text, precision)));
}

// "1.052033×10⁰³"
std::string scientific_text(double value) {
  if (const auto special = special_text(value)) return *special;
  constexpr std::string_view superscripts[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  const std::string digits = format_scientific(value == 0 ? 0 : value, default_format_precision);
  const std::size_t exponent = digits.find('e');
  std::string text = digits.substr(0, exponent) + "×10";
  if (digits[exponent + 1] == '-') text += "⁻";
  for (const char c : std::string_view(digits).substr(exponent + 2)) text += superscripts[c - '0'];
  return text;
}

// cel-go passes the precision of %e as a width.
std::string padded(const std::string& text, std::uint32_t width) {
  const std::size_t length = count_code_points(text);
  return length < width ? std::string(width - length, ' ') + text : text;
}

std::optional<std::string> number_text(const FormatClause& clause, const Value& value) {
  if (clause.verb == 'd') {
    if (value.kind == Kind::integer) return std::to_string(value.integer);
    return value.kind == value_kind::uint ? std::optional(std::to_string(as_uint(value))) : std::nullopt;
  }
  const auto number = as_double(value);
  if (!number) return std::nullopt;
  const std::uint32_t precision = clause.precision.value_or(default_format_precision);
  return clause.verb == 'f' ? fixed_text(*number, precision) : padded(scientific_text(*number), precision);
}

std::string_view misuse(char verb) {
  switch (verb) {
    case 'd': return "decimal clause can only be used on integers, was given ";
    case 'f': return "fixed-point clause can only be used on doubles, was given ";
    case 'e': return "scientific clause can only be used on doubles, was given ";
    case 'b': return "only integers and bools can be formatted as binary, was given ";
    case 'o': return "octal clause can only be used on integers, was given ";
    default: return "only integers, byte buffers, and strings can be formatted as hex, was given ";
  }
}

}  // namespace

FormatText format_locale_value(const FormatClause& clause, const Value& value, const SymbolTable& symbols) {
  if (clause.verb == 's') return text_of(value, symbols, 0);
  const bool is_decimal = clause.verb == 'd' || clause.verb == 'f' || clause.verb == 'e';
  auto text = is_decimal ? number_text(clause, value) : format_in_base(clause, value);
  if (!text) return std::unexpected(std::string(misuse(clause.verb)) + std::string(type_name(value)));
  return *std::move(text);
}

}  // namespace kastell::cel
