// Timestamps and durations as text, exactly as Kubernetes reads and prints them: RFC 3339 as Go's
// time package parses it, durations in Go's syntax. Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time_text.h"

namespace kastell::cel {

inline constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;

// CEL's timestamps lie between the years 1 and 9999.
inline constexpr std::int64_t first_timestamp_second = -62'135'596'800;
inline constexpr std::int64_t last_timestamp_second = 253'402'300'799;

// Go's time.ParseDuration: "1h2m3.5s", "-1.5h", "0"; nanoseconds.
std::optional<std::int64_t> parse_duration(std::string_view text);

// Go's Duration.String: "1h2m3.5s", "1.5ms", "0s".
std::string format_duration(std::int64_t nanoseconds);

// As CEL's string() prints it: "3723.5s".
std::string format_duration_seconds(std::int64_t nanoseconds);

}  // namespace kastell::cel
