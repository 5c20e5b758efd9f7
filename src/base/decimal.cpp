#include "base/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "base/ascii.h"

namespace kastell {
namespace {

constexpr std::uint32_t base = 1'000'000'000;
constexpr unsigned limb_digits = 9;
constexpr std::array<std::uint32_t, limb_digits> powers_of_ten{1,       10,        100,        1'000,      10'000,
                                                               100'000, 1'000'000, 10'000'000, 100'000'000};

using Limbs = std::vector<std::uint32_t>;

std::strong_ordering compare_magnitudes(const Limbs& a, const Limbs& b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  return std::lexicographical_compare_three_way(a.rbegin(), a.rend(), b.rbegin(), b.rend());
}

void add_magnitude(Limbs& to, const Limbs& from) {
  to.resize(std::max(to.size(), from.size()) + 1);
  std::uint32_t carry = 0;
  for (std::size_t i = 0; i < to.size(); ++i) {
    const std::uint32_t sum = to[i] + carry + (i < from.size() ? from[i] : 0);
    carry = sum >= base ? 1 : 0;
    to[i] = sum - carry * base;
  }
}

// `from` is not bigger than `to`.
void subtract_magnitude(Limbs& to, const Limbs& from) {
  std::uint32_t borrow = 0;
  for (std::size_t i = 0; i < to.size(); ++i) {
    const std::uint32_t taken = borrow + (i < from.size() ? from[i] : 0);
    borrow = to[i] < taken ? 1 : 0;
    to[i] += borrow * base - taken;
  }
}

std::uint32_t limb_of(std::string_view digits) {
  std::uint32_t limb = 0;
  for (const char digit : digits) limb = limb * 10 + static_cast<std::uint32_t>(digit - '0');
  return limb;
}

// Digit by digit from the most significant one; the shorter text goes on with zeros.
std::strong_ordering compare_fractions(std::string_view a, std::string_view b) {
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const char digit_a = i < a.size() ? a[i] : '0', digit_b = i < b.size() ? b[i] : '0';
    if (digit_a != digit_b) return digit_a <=> digit_b;
  }
  return std::strong_ordering::equal;
}

}  // namespace

Decimal::Decimal(std::int64_t unscaled, std::int32_t scale) : negative_(unscaled < 0), scale_(scale) {
  std::uint64_t rest = negative_ ? ~static_cast<std::uint64_t>(unscaled) + 1 : static_cast<std::uint64_t>(unscaled);
  for (; rest != 0; rest /= base) limbs_.push_back(static_cast<std::uint32_t>(rest % base));
}

Decimal::Decimal(std::span<const std::uint32_t> limbs, bool negative, std::int32_t scale)
    : limbs_(limbs.begin(), limbs.end()), negative_(negative), scale_(scale) {}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  Decimal result;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::string digits(text);
  if (const std::size_t point = digits.find('.'); point != std::string::npos) {
    digits.erase(point, 1);
    result.scale_ = static_cast<std::int32_t>(digits.size() - point);
  }
  if (digits.empty() || digits.size() > digit_limit) return std::nullopt;
  if (!std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
  for (std::size_t end = digits.size(); end > 0; end -= std::min<std::size_t>(end, limb_digits)) {
    const std::size_t begin = end - std::min<std::size_t>(end, limb_digits);
    result.limbs_.push_back(limb_of(std::string_view(digits).substr(begin, end - begin)));
  }
  result.trim();
  result.negative_ = negative && !result.limbs_.empty();
  return result;
}

void Decimal::trim() {
  while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
  if (limbs_.empty()) negative_ = false;
}

void Decimal::multiply(std::uint32_t factor) {
  std::uint64_t carry = 0;
  for (std::uint32_t& limb : limbs_) {
    carry += std::uint64_t{limb} * factor;
    limb = static_cast<std::uint32_t>(carry % base);
    carry /= base;
  }
  for (; carry != 0; carry /= base) limbs_.push_back(static_cast<std::uint32_t>(carry % base));
}

std::uint32_t Decimal::divide(std::uint32_t divisor) {
  std::uint64_t remainder = 0;
  for (auto limb = limbs_.rbegin(); limb != limbs_.rend(); ++limb) {
    remainder = remainder * base + *limb;
    *limb = static_cast<std::uint32_t>(remainder / divisor);
    remainder %= divisor;
  }
  trim();
  return static_cast<std::uint32_t>(remainder);
}

std::int32_t Decimal::remove_factors(std::uint32_t factor) {
  std::int32_t times = 0;
  for (Decimal quotient = *this; !limbs_.empty() && quotient.divide(factor) == 0; ++times) *this = quotient;
  return times;
}

bool Decimal::shift_left(std::uint64_t decimal_places) {
  if (limbs_.empty()) return true;
  if (decimal_places + limbs_.size() * limb_digits > digit_limit) return false;
  multiply(powers_of_ten[decimal_places % limb_digits]);
  limbs_.insert(limbs_.begin(), decimal_places / limb_digits, 0);
  return true;
}

bool Decimal::shift_right(std::uint64_t decimal_places) {
  const std::uint64_t whole = std::min<std::uint64_t>(decimal_places / limb_digits, limbs_.size());
  const auto kept = limbs_.begin() + static_cast<std::ptrdiff_t>(whole);
  const bool lost = std::any_of(limbs_.begin(), kept, [](std::uint32_t limb) { return limb != 0; });
  limbs_.erase(limbs_.begin(), kept);
  const std::uint32_t remainder = divide(powers_of_ten[decimal_places % limb_digits]);
  return lost || remainder != 0;
}

std::optional<Decimal> Decimal::rounded_up(std::int32_t scale) const {
  Decimal result = *this;
  const std::int64_t shift = std::int64_t{scale} - scale_;
  result.scale_ = scale;
  if (shift >= 0) {
    if (!result.shift_left(static_cast<std::uint64_t>(shift))) return std::nullopt;
    return result;
  }
  const bool was_negative = negative_;
  if (result.shift_right(static_cast<std::uint64_t>(-shift))) {
    add_magnitude(result.limbs_, {1});
    result.trim();
    result.negative_ = was_negative;
  }
  return result;
}

std::optional<Decimal> Decimal::sum(const Decimal& a, const Decimal& b) {
  const std::int32_t scale = std::max(a.scale_, b.scale_);
  auto left = a.rounded_up(scale);  // only ever widens here, so nothing is rounded
  auto right = b.rounded_up(scale);
  if (!left || !right) return std::nullopt;
  if (left->negative_ == right->negative_) {
    add_magnitude(left->limbs_, right->limbs_);
  } else {
    if (compare_magnitudes(left->limbs_, right->limbs_) < 0) std::swap(left, right);
    subtract_magnitude(left->limbs_, right->limbs_);
  }
  left->trim();
  return left;
}

// Without aligning the scales: numbers such as 1e2000000000 compare at once.
std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.sign() != b.sign() || a.sign() == 0) return a.sign() <=> b.sign();
  const std::string digits_a = a.digits(), digits_b = b.digits();
  const auto magnitude_a = static_cast<std::int64_t>(digits_a.size()) - a.scale_;
  const auto magnitude_b = static_cast<std::int64_t>(digits_b.size()) - b.scale_;
  const auto order = magnitude_a != magnitude_b ? magnitude_a <=> magnitude_b : compare_fractions(digits_a, digits_b);
  return a.negative_ ? 0 <=> order : order;
}

std::string Decimal::digits() const {
  if (limbs_.empty()) return "0";
  std::string text = std::to_string(limbs_.back());
  for (std::size_t i = limbs_.size() - 1; i-- > 0;) {
    const std::string limb = std::to_string(limbs_[i]);
    text.append(limb_digits - limb.size(), '0').append(limb);
  }
  return text;
}

std::string Decimal::unscaled_text() const {
  return negative_ ? "-" + digits() : digits();
}

double Decimal::unscaled_double() const {
  const std::string text = digits();
  double value = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc::result_out_of_range)
    value = std::numeric_limits<double>::infinity();
  return negative_ ? -value : value;
}

}  // namespace kastell
