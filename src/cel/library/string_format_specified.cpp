// The clauses as the specification of the strings extension has them (cel-go ext/formatting_v2.go).
#include <algorithm>
#include <cmath>
#include <vector>

#include "cel/library/number_text.h"
#include "cel/library/string_format.h"
#include "cel/time_text.h"
#include "cel/type.h"

namespace kastell::cel {
namespace {

class ValueWriter {
 public:
  explicit ValueWriter(const SymbolTable& symbols) : symbols_(symbols) {}

  std::expected<void, std::string> write(const Value& value, std::uint32_t depth);
  std::string text;

 private:
  std::expected<void, std::string> write_list(const Value& value, std::uint32_t depth);
  std::expected<void, std::string> write_map(const Value& value, std::uint32_t depth);
  bool write_scalar(const Value& value);

  const SymbolTable& symbols_;
};

std::string double_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  return format_double_fixed(value);
}

std::string type_text(const Type& type) {
  const std::string text = to_string(type);
  return text.substr(0, text.find('('));
}

bool ValueWriter::write_scalar(const Value& value) {
  switch (value.kind) {
    case Kind::null: text += "null"; return true;
    case Kind::boolean: text += value.boolean ? "true" : "false"; return true;
    case Kind::integer: text += std::to_string(value.integer); return true;
    case Kind::floating: text += double_text(value.floating); return true;
    case Kind::string:
    case value_kind::bytes: text += as_text(value); return true;
    case value_kind::uint: text += std::to_string(as_uint(value)); return true;
    case value_kind::duration: text += format_duration_seconds(value.integer); return true;
    case value_kind::timestamp: text += format_timestamp({value.integer, value.size}); return true;
    case value_kind::type: text += type_text(as_type(value)); return true;
    default: return false;
  }
}

std::expected<void, std::string> ValueWriter::write_list(const Value& value, std::uint32_t depth) {
  text += '[';
  bool first = true;
  for (const Value& item : value.as_list()) {
    if (!first) text += ", ";
    first = false;
    if (auto written = write(item, depth + 1); !written) return written;
  }
  text += ']';
  return {};
}

std::expected<void, std::string> ValueWriter::write_map(const Value& value, std::uint32_t depth) {
  std::vector<std::pair<std::string, std::string>> entries;
  for (std::uint32_t i = 0; i < map_size(value); ++i) {
    ValueWriter key(symbols_);
    ValueWriter inside(symbols_);
    if (auto written = key.write(map_key(value, i, symbols_), depth + 1); !written) return written;
    if (auto written = inside.write(map_value(value, i), depth + 1); !written) return written;
    entries.emplace_back(std::move(key.text), std::move(inside.text));
  }
  std::ranges::sort(entries);
  text += '{';
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i > 0) text += ", ";
    text.append(entries[i].first).append(": ").append(entries[i].second);
  }
  text += '}';
  return {};
}

std::expected<void, std::string> ValueWriter::write(const Value& value, std::uint32_t depth) {
  if (depth > format_depth_limit) return std::unexpected(std::string(format_depth_exceeded));
  if (value.is_list()) return write_list(value, depth);
  if (is_map(value)) return write_map(value, depth);
  if (write_scalar(value)) return {};
  return std::unexpected(
      "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and "
      "timestamps, was given " +
      std::string(type_name(value)));
}

std::optional<double> as_number(const Value& value) {
  if (value.kind == Kind::floating) return value.floating;
  if (value.kind == Kind::integer) return static_cast<double>(value.integer);
  if (value.kind == value_kind::uint) return static_cast<double>(as_uint(value));
  return std::nullopt;
}

std::optional<std::string> number_text(const FormatClause& clause, const Value& value) {
  const auto number = as_number(value);
  if (!number) return std::nullopt;
  if (clause.verb == 'd' && value.kind != Kind::floating) {
    return value.kind == Kind::integer ? std::to_string(value.integer) : std::to_string(as_uint(value));
  }
  if (clause.verb == 'd' || !std::isfinite(*number)) return double_text(*number);
  const std::uint32_t precision = clause.precision.value_or(default_format_precision);
  return clause.verb == 'f' ? format_fixed(*number, precision) : format_scientific(*number, precision);
}

std::string_view misuse(char verb) {
  switch (verb) {
    case 'd': return "decimal clause can only be used on ints, uints, and doubles, was given ";
    case 'f': return "fixed-point clause can only be used on ints, uints, and doubles, was given ";
    case 'e': return "scientific clause can only be used on ints, uints, and doubles, was given ";
    case 'b': return "only ints, uints, and bools can be formatted as binary, was given ";
    case 'o': return "octal clause can only be used on ints and uints, was given ";
    default: return "only ints, uints, bytes, and strings can be formatted as hex, was given ";
  }
}

}  // namespace

FormatText format_specified_value(const FormatClause& clause, const Value& value, const SymbolTable& symbols) {
  if (clause.verb == 's') {
    ValueWriter writer(symbols);
    if (auto written = writer.write(value, 0); !written) return std::unexpected(written.error());
    return std::move(writer.text);
  }
  const bool is_decimal = clause.verb == 'd' || clause.verb == 'f' || clause.verb == 'e';
  auto text = is_decimal ? number_text(clause, value) : format_in_base(clause, value);
  if (!text) return std::unexpected(std::string(misuse(clause.verb)) + std::string(type_name(value)));
  return *std::move(text);
}

}  // namespace kastell::cel
