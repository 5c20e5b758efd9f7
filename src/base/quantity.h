// Quantity: Kubernetes' resource quantities ("100m", "1.5Gi", "1e3"), as apimachinery's
// resource.Quantity computes with them: exactly, as int64 × 10^scale while that fits and as a decimal
// of any size beyond. Which of the two forms a number has can be seen from CEL (isInteger), so it
// follows apimachinery's rules too. Value semantics; pure; thread-safe.
#pragma once

#include <compare>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"

namespace kastell {

enum class QuantityFormat : std::uint8_t { decimal_si, binary_si, decimal_exponent };

struct Quantity {
  QuantityFormat format = QuantityFormat::decimal_si;
  std::int64_t value = 0;  // × 10^scale, unless `big` is set
  std::int32_t scale = 0;
  std::optional<Decimal> big = {};

  bool is_zero() const { return big ? big->sign() == 0 : value == 0; }
};

struct ParsedQuantity {
  Quantity quantity;
  // The text was in canonical form already (as apimachinery sees it) and is what printing gives.
  bool keeps_text = false;
};

// The error is apimachinery's text.
std::expected<ParsedQuantity, std::string_view> parse_quantity(std::string_view text);

// The canonical form.
std::string to_string(const Quantity& quantity);

int sign(const Quantity& quantity);
std::strong_ordering compare(const Quantity& a, const Quantity& b);
// The value if it is held as an int64 and is whole; decimals of any size never are.
std::optional<std::int64_t> as_integer(const Quantity& quantity);
double as_approximate_double(const Quantity& quantity);

// With at most that many decimal places, away from zero; nothing if it has no more anyway.
std::optional<Quantity> round_up(const Quantity& quantity, std::int32_t places);

// Nothing when the result would have more digits than Decimal::digit_limit.
std::optional<Quantity> add(Quantity a, const Quantity& b);
std::optional<Quantity> subtract(Quantity a, const Quantity& b);

}  // namespace kastell
