// Instants as text, exactly as Kubernetes reads and prints them: RFC 3339 as Go's time package has it. Pure and
// thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kastell {

// An instant, and the offset in which it was written (0 when in UTC), which string() shows again.
struct Timestamp {
  std::int64_t seconds = 0;  // since 1970-01-01T00:00:00Z
  std::uint32_t nanoseconds = 0;
  std::int16_t offset_minutes = 0;
};

// Go's time.Parse(time.RFC3339, text). The range of CEL is the caller's business.
std::optional<Timestamp> parse_timestamp(std::string_view text);

// RFC 3339 with as many fractional digits as needed.
std::string format_timestamp(const Timestamp& timestamp);

// A date and a time of day in some zone.
struct CivilTime {
  std::int64_t year = 1970;
  std::int32_t month = 1;        // 1…12
  std::int32_t day = 1;          // 1…31
  std::int32_t day_of_year = 1;  // 1…366
  std::int32_t day_of_week = 4;  // 0 is Sunday
  std::int32_t hour = 0, minute = 0, second = 0;
};

// `seconds` since 1970 in that zone's own time, and back.
CivilTime to_civil_time(std::int64_t seconds);
std::int64_t days_since_epoch(std::int64_t year, std::int32_t month, std::int32_t day);
std::int32_t days_in_month(std::int64_t year, std::int32_t month);

}  // namespace kastell
