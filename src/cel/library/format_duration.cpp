// Durations as the formats of OpenAPI schemas have them (kube-openapi strfmt).

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "base/ascii.h"
#include "cel/text_rules.h"
#include "cel/time_text.h"

namespace kastell::cel {
namespace {

// strfmt's units of time: `exact` as a whole, `begin` as the beginning of a word.
struct TimeUnit {
  std::array<std::string_view, 2> exact;
  std::string_view begin;
  std::int64_t nanoseconds;
};
constexpr std::int64_t second = 1'000'000'000, hour = 3600 * second;
constexpr TimeUnit time_units[] = {
    {{"ns", "ns"}, "nano", 1},      {{"us", "µs"}, "micro", 1000},        {{"ms", "ms"}, "milli", 1'000'000},
    {{"s", "s"}, "sec", second},    {{"m", "m"}, "min", 60 * second},     {{"h", "hr"}, "hour", hour},
    {{"d", "d"}, "day", 24 * hour}, {{"w", "wk"}, "week", 7 * 24 * hour},
};

std::optional<std::int64_t> unit_of_time(std::string_view word) {
  const std::string lower = in_lower_case(word);
  for (const TimeUnit& unit : time_units) {
    if (lower == unit.exact[0] || lower == unit.exact[1] || lower.starts_with(unit.begin)) return unit.nanoseconds;
  }
  return std::nullopt;
}

std::uint64_t as_bits(std::int64_t number) {
  return static_cast<std::uint64_t>(number);
}

// The letters at `at`, "µ" among them.
std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (is_letter(text[end]) || text.substr(end).starts_with("µ"))) {
    end += is_letter(text[end]) ? 1 : std::string_view("µ").size();
  }
  return text.substr(at, end - at);
}

}  // namespace

std::optional<std::int64_t> parse_format_duration(std::string_view text) {
  if (const auto plain = parse_duration(text)) return plain;
  std::optional<std::int64_t> sum;
  for (std::size_t at = 0; at < text.size();) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), number);
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    if (error != std::errc{}) return std::nullopt;
    at = static_cast<std::size_t>(end - text.data());
    at = std::min(text.find_first_not_of(" \t\n\r\f", at), text.size());
    const std::string_view word = word_at(text, at);
    const auto unit = unit_of_time(word);
    // Too much of it comes round again, as in Go.
    if (unit) sum = static_cast<std::int64_t>(as_bits(sum.value_or(0)) + as_bits(number) * as_bits(*unit));
    at += word.size();
  }
  return sum;
}

}  // namespace kastell::cel
