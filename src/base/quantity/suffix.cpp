#include "base/quantity/suffix.h"

#include <charconv>

namespace kastell {
namespace {

struct Row {
  std::string_view text;
  QuantitySuffix suffix;
};

constexpr auto decimal = QuantityFormat::decimal_si;
constexpr auto binary = QuantityFormat::binary_si;
constexpr Row rows[] = {
    {"n", {decimal, -9}}, {"u", {decimal, -6}}, {"m", {decimal, -3}}, {"", {decimal, 0}},
    {"k", {decimal, 3}},  {"M", {decimal, 6}},  {"G", {decimal, 9}},  {"T", {decimal, 12}},
    {"P", {decimal, 15}}, {"E", {decimal, 18}}, {"Ki", {binary, 10}}, {"Mi", {binary, 20}},
    {"Gi", {binary, 30}}, {"Ti", {binary, 40}}, {"Pi", {binary, 50}}, {"Ei", {binary, 60}},
};

}  // namespace

std::optional<QuantitySuffix> parse_quantity_suffix(std::string_view text) {
  for (const Row& row : rows)
    if (row.text == text) return row.suffix;
  if (text.size() < 2 || (text[0] != 'e' && text[0] != 'E')) return std::nullopt;
  text.remove_prefix(text[1] == '+' && text.size() > 2 && text[2] != '-' ? 2 : 1);
  std::int64_t exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return QuantitySuffix{QuantityFormat::decimal_exponent, static_cast<std::int32_t>(exponent)};  // wraps, as there
}

std::string quantity_suffix(QuantityFormat format, std::int64_t exponent) {
  if (format == QuantityFormat::decimal_exponent) return exponent == 0 ? "" : "e" + std::to_string(exponent);
  for (const Row& row : rows)
    if (row.suffix.format == format && row.suffix.exponent == exponent) return std::string(row.text);
  return "";
}

}  // namespace kastell
