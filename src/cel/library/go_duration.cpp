#include "cel/library/go_duration.h"

namespace kastell::cel {
namespace {

// `value` / 10^`places` as a decimal fraction without trailing zeros.
std::string decimal(std::uint64_t value, unsigned places) {
  std::string digits = std::to_string(value);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  std::string fraction = digits.substr(digits.size() - places);
  digits.resize(digits.size() - places);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return fraction.empty() ? digits : digits + "." + fraction;
}

std::string below_one_second(std::uint64_t nanoseconds) {
  if (nanoseconds == 0) return "0s";
  if (nanoseconds < 1'000) return std::to_string(nanoseconds) + "ns";
  if (nanoseconds < 1'000'000) return decimal(nanoseconds, 3) + "µs";
  return decimal(nanoseconds, 6) + "ms";
}

}  // namespace

std::string go_duration(std::int64_t nanoseconds) {
  constexpr std::uint64_t second = 1'000'000'000, minute = 60 * second, hour = 60 * minute;
  const bool negative = nanoseconds < 0;
  // The smallest int64 has no positive twin; as unsigned it has.
  const std::uint64_t size =
      negative ? ~static_cast<std::uint64_t>(nanoseconds) + 1 : static_cast<std::uint64_t>(nanoseconds);
  std::string text = negative ? "-" : "";
  if (size < second) return text + below_one_second(size);
  if (size >= hour) text += std::to_string(size / hour) + "h";
  if (size >= minute) text += std::to_string(size % hour / minute) + "m";
  return text + decimal(size % minute, 9) + "s";
}

}  // namespace kastell::cel
