#include "base/quantity.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/quantity/go_math.h"
#include "base/quantity/suffix.h"

namespace kastell {
namespace {

using Int64 = std::optional<std::int64_t>;

constexpr std::int32_t nano = 9;  // decimal places that are kept

Int64 multiplied(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) return std::nullopt;
  return product;
}

// value × 10^scale
Int64 scaled_up(std::int64_t value, std::int64_t scale) {
  if (value == 0) return 0;
  Int64 result = value;
  for (; scale > 0 && result; --scale) result = multiplied(*result, 10);
  return result;
}

struct Rounded {
  std::int64_t value;
  bool exact;
};

// value / 10^places, away from zero.
Rounded scaled_down(std::int64_t value, std::int32_t places) {
  Rounded result{value, true};
  for (; places > 0 && result.value != 0; --places) {
    result.exact = result.exact && result.value % 10 == 0;
    result.value /= 10;
  }
  if (!result.exact) result.value += value > 0 ? 1 : -1;
  return result;
}

Decimal as_decimal(const Quantity& quantity) {
  return quantity.big ? *quantity.big : Decimal(quantity.value, -quantity.scale);
}

// Mantissa and decimal exponent, the exponent a multiple of three and as large as possible.
struct Canonical {
  std::string mantissa;
  std::int64_t exponent;
};

Canonical canonical_decimal(Decimal number) {
  std::int64_t exponent = -std::int64_t{number.scale()};
  exponent += number.remove_factors(10);
  for (; exponent % 3 != 0; --exponent) number.multiply(10);
  return {number.unscaled_text(), exponent};
}

Canonical canonical_decimal(const Quantity& quantity) {
  if (quantity.big) return canonical_decimal(*quantity.big);
  std::int64_t mantissa = quantity.value;
  std::int64_t exponent = quantity.scale;
  for (; mantissa != 0 && mantissa % 10 == 0; mantissa /= 10) ++exponent;
  const std::int64_t down = (exponent % 3 + 3) % 3;
  const Int64 aligned = scaled_up(mantissa, down);
  if (!aligned) return canonical_decimal(as_decimal(quantity));
  return {std::to_string(*aligned), exponent - down};
}

// Of a whole number: mantissa and exponent to the base 1024.
Canonical canonical_binary(Decimal whole) {
  const std::int32_t exponent = whole.remove_factors(1024);
  return {whole.unscaled_text(), exponent};
}

// The number as a whole one, if it is.
std::optional<Decimal> as_whole(const Quantity& quantity) {
  if (!quantity.big && quantity.scale < 0) {
    const Rounded rounded = scaled_down(quantity.value, -quantity.scale);
    return rounded.exact ? std::optional(Decimal(rounded.value)) : std::nullopt;
  }
  const Decimal exact = as_decimal(quantity);
  auto rounded = exact.rounded_up(0);
  return rounded && *rounded == exact ? rounded : std::nullopt;
}

bool is_below_1024(const Quantity& quantity) {
  const Decimal number = as_decimal(quantity);
  return number > Decimal(-1024) && number < Decimal(1024);
}

// The pieces of a text: sign, digits before and after the point, suffix.
struct Pieces {
  bool negative = false;
  std::string_view number;  // sign, digits and point as written
  std::string_view whole;   // without leading zeros; "0" if nothing is left
  std::string_view fraction;
  std::string_view suffix;
};

std::size_t skip(std::string_view text, std::size_t from, std::string_view characters) {
  return std::min(text.find_first_not_of(characters, from), text.size());
}

std::optional<Pieces> split(std::string_view text) {
  constexpr std::string_view digits = "0123456789";
  Pieces pieces;
  pieces.negative = text[0] == '-';
  std::size_t at = text[0] == '-' || text[0] == '+' ? 1 : 0;
  at = skip(text, at, "0");
  const std::size_t whole_end = skip(text, at, digits);
  pieces.whole = text.substr(at, whole_end - at);
  if (pieces.whole.empty()) pieces.whole = "0";
  std::size_t number_end = whole_end;
  if (number_end < text.size() && text[number_end] == '.') {
    number_end = skip(text, whole_end + 1, digits);
    pieces.fraction = text.substr(whole_end + 1, number_end - whole_end - 1);
  }
  // Nothing but zeros (or nothing at all) is zero, whatever its sign.
  pieces.number = at == text.size() ? "0" : text.substr(0, number_end);
  pieces.suffix = text.substr(number_end);
  std::size_t end = skip(pieces.suffix, 0, "eEinumkKMGTP");
  if (end == pieces.suffix.size()) return pieces;
  if (pieces.suffix[end] == '-' || pieces.suffix[end] == '+') ++end;
  if (skip(pieces.suffix, end, digits) != pieces.suffix.size()) return std::nullopt;
  return pieces;
}

// The number as int64 × 10^scale, if apimachinery takes that path.
std::optional<ParsedQuantity> parse_small(const Pieces& pieces, const QuantitySuffix& suffix) {
  const auto digits = static_cast<std::int32_t>(pieces.whole.size() + pieces.fraction.size());
  std::int32_t precision = 18 - digits;
  std::int64_t scale = suffix.exponent;
  std::int64_t factor = 1;
  const bool binary = suffix.format == QuantityFormat::binary_si;
  if (binary) {
    if (!pieces.fraction.empty()) return std::nullopt;
    factor = std::int64_t{1} << suffix.exponent;
    precision = 15 - digits - suffix.exponent * 3 / 10 - 1;
    scale = 0;
  }
  scale -= static_cast<std::int64_t>(pieces.fraction.size());
  if (precision < 0 || scale < -nano) return std::nullopt;
  const std::string shifted = std::string(pieces.whole) + std::string(pieces.fraction);
  std::int64_t value = 0;
  std::from_chars(shifted.data(), shifted.data() + shifted.size(), value);
  const Int64 product = multiplied(value, factor);
  if (!product) return std::nullopt;
  const bool keeps_text = binary ? suffix.exponent % 10 == 0 && (value & 7) != 0
                                 : scale % 3 == 0 && !shifted.ends_with("000") && shifted[0] != '0';
  return ParsedQuantity{{suffix.format, pieces.negative ? -*product : *product, static_cast<std::int32_t>(scale)},
                        keeps_text};
}

std::expected<ParsedQuantity, std::string_view> parse_big(const Pieces& pieces, QuantitySuffix suffix) {
  auto number = Decimal::parse(pieces.number);
  if (!number) return std::unexpected("unable to parse numeric part of quantity");
  if (suffix.format == QuantityFormat::binary_si)
    for (std::int32_t i = 0; i < suffix.exponent; i += 10) number->multiply(1024);
  else
    number->set_scale(static_cast<std::int32_t>(std::int64_t{number->scale()} - suffix.exponent));
  const bool negative = number->sign() < 0;
  if (negative) number->negate();
  // A request for too little is a request for the least.
  if (number->sign() != 0) number = number->rounded_up(nano);
  if (!number) return std::unexpected("quantity has more digits than the limit Decimal::digit_limit");
  if (suffix.format == QuantityFormat::binary_si) {
    number = std::min(*number, Decimal(std::numeric_limits<std::int64_t>::max()));
    if (number->sign() > 0 && *number < Decimal(1)) suffix.format = QuantityFormat::decimal_si;
  }
  if (negative) number->negate();
  return ParsedQuantity{{.format = suffix.format, .big = std::move(number)}, false};
}

// The sum as int64 × 10^scale, if it fits.
bool add_small(Quantity& a, std::int64_t value, std::int32_t scale) {
  if (value == 0) return true;
  if (a.value == 0) {
    a.value = value;
    a.scale = scale;
    return true;
  }
  const std::int32_t common = std::min(a.scale, scale);
  const Int64 left = scaled_up(a.value, std::int64_t{a.scale} - common);
  const Int64 right = scaled_up(value, std::int64_t{scale} - common);
  std::int64_t sum = 0;
  if (!left || !right || __builtin_add_overflow(*left, *right, &sum)) return false;
  a.value = sum;
  a.scale = common;
  return true;
}

std::optional<Quantity> add_decimals(Quantity a, const Decimal& b) {
  auto sum = Decimal::sum(as_decimal(a), b);
  if (!sum) return std::nullopt;
  return Quantity{.format = a.format, .big = std::move(sum)};
}

}  // namespace

std::expected<ParsedQuantity, std::string_view> parse_quantity(std::string_view text) {
  constexpr std::string_view wrong_format =
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  if (text.empty()) return std::unexpected(wrong_format);
  if (text == "0") return ParsedQuantity{{}, true};
  const auto pieces = split(text);
  if (!pieces) return std::unexpected(wrong_format);
  const auto suffix = parse_quantity_suffix(pieces->suffix);
  if (!suffix) return std::unexpected("unable to parse quantity's suffix");
  if (auto small = parse_small(*pieces, *suffix)) return *small;
  return parse_big(*pieces, *suffix);
}

std::string to_string(const Quantity& quantity) {
  if (quantity.is_zero()) return "0";
  QuantityFormat format = quantity.format;
  if (format == QuantityFormat::binary_si) {
    // Small and broken numbers are shown as decimals: no rounding, less confusion.
    const auto whole = is_below_1024(quantity) ? std::nullopt : as_whole(quantity);
    if (whole) {
      const Canonical canonical = canonical_binary(*whole);
      return canonical.mantissa + quantity_suffix(format, canonical.exponent * 10);
    }
    format = QuantityFormat::decimal_si;
  }
  const Canonical canonical = canonical_decimal(quantity);
  return canonical.mantissa + quantity_suffix(format, canonical.exponent);
}

int sign(const Quantity& quantity) {
  return quantity.big ? quantity.big->sign() : (quantity.value > 0) - (quantity.value < 0);
}

std::strong_ordering compare(const Quantity& a, const Quantity& b) {
  constexpr std::int32_t widest = 18;  // int64 × 10^18 fits into 128 bits
  const std::int64_t apart = std::int64_t{a.scale} - b.scale;
  if (a.big || b.big || apart > widest || apart < -widest) return as_decimal(a) <=> as_decimal(b);
  __extension__ using Wide = __int128;
  Wide left = a.value, right = b.value;
  for (std::int64_t i = 0; i < apart; ++i) left *= 10;
  for (std::int64_t i = 0; i > apart; --i) right *= 10;
  return left < right   ? std::strong_ordering::less
         : left > right ? std::strong_ordering::greater
                        : std::strong_ordering::equal;
}

std::optional<std::int64_t> as_integer(const Quantity& quantity) {
  if (quantity.big || quantity.scale < 0) return std::nullopt;
  return scaled_up(quantity.value, quantity.scale);
}

double as_approximate_double(const Quantity& quantity) {
  const double unscaled = quantity.big ? quantity.big->unscaled_double() : static_cast<double>(quantity.value);
  const std::int32_t exponent = quantity.big ? -quantity.big->scale() : quantity.scale;
  return exponent == 0 ? unscaled : unscaled * go_power_of_ten(exponent);
}

std::optional<Quantity> round_up(const Quantity& quantity, std::int32_t places) {
  Quantity rounded = quantity;
  if (quantity.big) {
    if (quantity.big->scale() <= places) return std::nullopt;
    rounded.big = quantity.big->rounded_up(places);
    return rounded.big ? std::optional(rounded) : std::nullopt;
  }
  if (quantity.scale >= -places) return std::nullopt;
  rounded.value = scaled_down(quantity.value, -places - quantity.scale).value;
  rounded.scale = -places;
  return rounded;
}

std::optional<Quantity> add(Quantity a, const Quantity& b) {
  if (a.is_zero()) a.format = b.format;
  if (!a.big && !b.big && add_small(a, b.value, b.scale)) return a;
  return add_decimals(std::move(a), as_decimal(b));
}

std::optional<Quantity> subtract(Quantity a, const Quantity& b) {
  if (a.is_zero()) a.format = b.format;
  // The smallest int64 is its own negative here, as in apimachinery.
  const auto negated = static_cast<std::int64_t>(~static_cast<std::uint64_t>(b.value) + 1);
  if (!a.big && !b.big && add_small(a, negated, b.scale)) return a;
  Decimal subtrahend = as_decimal(b);
  subtrahend.negate();
  return add_decimals(std::move(a), subtrahend);
}

}  // namespace kastell
