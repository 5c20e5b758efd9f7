// Offsets from UTC by zone: the names of the tz database, built in, and fixed offsets. Pure, thread-safe.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace kastell::cel {

// The offset in seconds at an instant (seconds since 1970). `zone` is a name ("Europe/Berlin",
// "US/Central", "UTC", "") or "hh:mm", "+hh:mm", "-hh:mm". The error is Go's or strconv's text.
std::expected<std::int64_t, std::string> offset_from_utc(std::string_view zone, std::int64_t instant);

}  // namespace kastell::cel
