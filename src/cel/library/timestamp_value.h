// Timestamps as values. Value::aux keeps the offset in which a timestamp was written: Kubernetes shows
// it again in string(), and arithmetic passes it on; nothing else depends on it.
#pragma once

#include <bit>

#include "cel/time_text.h"
#include "cel/value.h"

namespace kastell::cel {

inline Value make_timestamp(const Timestamp& timestamp) {
  Value value = make_timestamp(timestamp.seconds, timestamp.nanoseconds);
  value.aux = static_cast<std::uint16_t>(timestamp.offset_minutes);
  return value;
}

inline Timestamp as_timestamp(const Value& value) {
  return {value.integer, value.size, static_cast<std::int16_t>(value.aux)};
}

}  // namespace kastell::cel
