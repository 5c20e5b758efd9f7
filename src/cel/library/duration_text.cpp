#include <array>
#include <charconv>
#include <utility>

#include "base/ascii.h"
#include "cel/library/number_text.h"
#include "cel/time_text.h"

namespace kastell::cel {
namespace {

constexpr std::uint64_t largest_magnitude = std::uint64_t{1} << 63;

struct Unit {
  std::string_view name;
  std::uint64_t nanoseconds;
};
constexpr std::array units = {
    Unit{"ns", 1},          Unit{"us", 1'000},        Unit{"\u00b5s", 1'000},  // micro sign
    Unit{"\u03bcs", 1'000},                                                    // Greek mu
    Unit{"ms", 1'000'000},  Unit{"s", 1'000'000'000}, Unit{"m", 60'000'000'000}, Unit{"h", 3'600'000'000'000},
};

const Unit* find_unit(std::string_view name) {
  for (const Unit& unit : units) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

std::size_t count_digits(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[digits])) ++digits;
  return digits;
}

std::optional<std::uint64_t> whole_number(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char c : digits) {
    if (value > largest_magnitude / 10) return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
    if (value > largest_magnitude) return std::nullopt;
  }
  return value;
}

// 0.digits as value / scale; digits beyond the precision of 63 bits are dropped.
struct Fraction {
  std::uint64_t value = 0;
  double scale = 1;
};
Fraction fraction(std::string_view digits) {
  Fraction result;
  for (const char c : digits) {
    if (result.value > (largest_magnitude - 1) / 10) break;
    result.value = result.value * 10 + static_cast<std::uint64_t>(c - '0');
    result.scale *= 10;
  }
  return result;
}

// One "1.5h" off the front of `text`, in nanoseconds.
std::optional<std::uint64_t> take_component(std::string_view& text) {
  const std::string_view whole = text.substr(0, count_digits(text));
  text.remove_prefix(whole.size());
  std::string_view decimals;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    decimals = text.substr(0, count_digits(text));
    text.remove_prefix(decimals.size());
  }
  if (whole.empty() && decimals.empty()) return std::nullopt;
  const std::string_view name = text.substr(0, text.find_first_of(".0123456789"));
  text.remove_prefix(name.size());
  const Unit* unit = find_unit(name);
  const auto value = whole_number(whole);
  if (unit == nullptr || !value || *value > largest_magnitude / unit->nanoseconds) return std::nullopt;
  const Fraction part = fraction(decimals);
  const double below = static_cast<double>(part.value) * (static_cast<double>(unit->nanoseconds) / part.scale);
  const std::uint64_t total = *value * unit->nanoseconds + static_cast<std::uint64_t>(below);
  return total > largest_magnitude ? std::nullopt : std::optional(total);
}

// "12.5" for 12'500 at three decimals.
void append_decimal(std::string& text, std::uint64_t value, int decimals) {
  std::uint64_t unit = 1;
  for (int i = 0; i < decimals; ++i) unit *= 10;
  text += std::to_string(value / unit);
  std::uint64_t rest = value % unit;
  if (rest == 0) return;
  text += '.';
  while (rest != 0) {
    unit /= 10;
    text += static_cast<char>('0' + rest / unit);
    rest %= unit;
  }
}

void append_below_a_second(std::string& text, std::uint64_t magnitude) {
  if (magnitude < 1'000) {
    append_decimal(text, magnitude, 0);
    text += "ns";
  } else if (magnitude < 1'000'000) {
    append_decimal(text, magnitude, 3);
    text += "\u00b5s";
  } else {
    append_decimal(text, magnitude, 6);
    text += "ms";
  }
}

std::uint64_t magnitude_of(std::int64_t value) {
  return value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
}

}  // namespace

std::optional<std::int64_t> parse_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return 0;
  if (text.empty()) return std::nullopt;
  std::uint64_t total = 0;
  while (!text.empty()) {
    const auto component = take_component(text);
    if (!component) return std::nullopt;
    total += *component;
    if (total > largest_magnitude) return std::nullopt;
  }
  if (!negative && total == largest_magnitude) return std::nullopt;
  return static_cast<std::int64_t>(negative ? ~total + 1 : total);
}

std::string format_duration(std::int64_t nanoseconds) {
  const std::uint64_t magnitude = magnitude_of(nanoseconds);
  if (magnitude == 0) return "0s";
  std::string text = nanoseconds < 0 ? "-" : "";
  if (magnitude < nanoseconds_per_second) {
    append_below_a_second(text, magnitude);
    return text;
  }
  const std::uint64_t minutes = magnitude / (60 * nanoseconds_per_second);
  if (minutes >= 60) text += std::to_string(minutes / 60) + "h";
  if (minutes > 0) text += std::to_string(minutes % 60) + "m";
  append_decimal(text, magnitude % (60 * nanoseconds_per_second), 9);
  text += 's';
  return text;
}

std::string format_duration_seconds(std::int64_t nanoseconds) {
  // Go's Duration.Seconds, in double.
  const std::int64_t whole = nanoseconds / nanoseconds_per_second;
  const std::int64_t rest = nanoseconds % nanoseconds_per_second;
  return format_double_fixed(static_cast<double>(whole) + static_cast<double>(rest) / 1e9) + "s";
}

}  // namespace kastell::cel
