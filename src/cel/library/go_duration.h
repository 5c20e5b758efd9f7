// Go's text form of a duration (time.Duration.String): "1h2m3.5s", "1.5ms", "0s".
#pragma once

#include <cstdint>
#include <string>

namespace kastell::cel {

std::string go_duration(std::int64_t nanoseconds);

}  // namespace kastell::cel
