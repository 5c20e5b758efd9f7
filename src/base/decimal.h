// Decimal: exact decimal numbers of any size, ± magnitude × 10^-scale. Just the arithmetic that
// Kubernetes' quantities need.
//
// The magnitude is kept in base 10^9, least significant limb first and without leading zero limbs, so
// that shifting by powers of ten is cheap. Value semantics; pure; thread-safe.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kastell {

class Decimal {
 public:
  // Shifting and adding never make more digits than this: they give nothing instead.
  static constexpr std::uint64_t digit_limit = 100'000;

  Decimal() = default;
  explicit Decimal(std::int64_t unscaled, std::int32_t scale = 0);
  Decimal(std::span<const std::uint32_t> limbs, bool negative, std::int32_t scale);
  // An optional sign, then digits with at most one point; the scale is the number of digits behind it.
  static std::optional<Decimal> parse(std::string_view text);

  std::span<const std::uint32_t> limbs() const { return limbs_; }
  bool is_negative() const { return negative_; }
  std::int32_t scale() const { return scale_; }
  int sign() const { return limbs_.empty() ? 0 : negative_ ? -1 : 1; }

  void set_scale(std::int32_t scale) { scale_ = scale; }  // the magnitude stays
  void negate() { negative_ = !negative_ && !limbs_.empty(); }
  void multiply(std::uint32_t factor);
  // Takes the factor out as often as it divides the magnitude; how often that was.
  std::int32_t remove_factors(std::uint32_t factor);

  // The nearest number with `scale` digits behind the point, away from zero.
  std::optional<Decimal> rounded_up(std::int32_t scale) const;

  static std::optional<Decimal> sum(const Decimal& a, const Decimal& b);
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

  std::string unscaled_text() const;  // "-1500": the number without its scale
  double unscaled_double() const;     // the nearest double; infinity beyond its range

 private:
  std::string digits() const;  // of the magnitude, "0" for zero
  bool shift_left(std::uint64_t decimal_places);
  bool shift_right(std::uint64_t decimal_places);  // true if digits that are not zero were lost
  std::uint32_t divide(std::uint32_t divisor);     // the remainder
  void trim();

  std::vector<std::uint32_t> limbs_;
  bool negative_ = false;
  std::int32_t scale_ = 0;
};

}  // namespace kastell
