// string.format(): the clauses of a format string and how values are shown in them.
//
// cel-go has two generations: up to version 3 of the strings library (Kubernetes) values are printed
// with the grouping and exponents of the locale en_US; from version 4 as the specification has it.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cel/value.h"

namespace kastell::cel {

inline constexpr std::uint32_t default_format_precision = 6;
inline constexpr std::uint32_t locale_format_precision_limit = 10'000;

struct FormatClause {
  char verb;  // s d f e b x X o
  std::optional<std::uint32_t> precision;
};

// "%.3f" without the percent sign, off the front of a text that is not empty.
std::expected<FormatClause, std::string> take_format_clause(std::string_view& text, std::uint32_t precision_limit);

using FormatText = std::expected<std::string, std::string>;
using FormatValue = FormatText (*)(const FormatClause& clause, const Value& value, const SymbolTable& symbols);

FormatText format_locale_value(const FormatClause& clause, const Value& value, const SymbolTable& symbols);
FormatText format_specified_value(const FormatClause& clause, const Value& value, const SymbolTable& symbols);

FormatText format_text(std::string_view format, std::span<const Value> arguments, FormatValue format_value,
                       std::uint32_t precision_limit, const SymbolTable& symbols);

// Shared by both: the digits of %b, %o, %x, %X, with a sign; nothing for kinds without such a form.
std::optional<std::string> format_in_base(const FormatClause& clause, const Value& value);
std::string format_fixed(double value, std::uint32_t precision);
std::string format_scientific(double value, std::uint32_t precision);  // "1.500000e+00"

// Values nested deeper than this are not shown.
inline constexpr std::uint32_t format_depth_limit = 250;
inline constexpr std::string_view format_depth_exceeded = "format depth limit exceeded: the value is nested too deeply";

}  // namespace kastell::cel
