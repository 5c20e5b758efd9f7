#include "cel/library/time_parts.h"

#include "cel/library/time_zones.h"
#include "cel/time_text.h"
#include "cel/value.h"

namespace kastell::cel::time_parts {
namespace {

// The timestamp's civil time, or an error for a zone that does not exist.
template <typename Select>
Value part(CallContext& context, Arguments arguments, Select select) {
  std::int64_t offset = 0;
  if (arguments.size() > 1) {
    const auto found = offset_from_utc(as_text(arguments[1]), arguments[0].integer);
    if (!found) return make_error(context.arena, found.error());
    offset = *found;
  }
  return make_int(select(to_civil_time(arguments[0].integer + offset)));
}

Value in_units_of(std::int64_t nanoseconds, Arguments arguments) {
  return make_int(arguments[0].integer / nanoseconds);
}

}  // namespace

Value full_year(CallContext& context, Arguments arguments) {
  return part(context, arguments, [](const CivilTime& time) { return time.year; });
}

Value month(CallContext& context, Arguments arguments) {
  return part(context, arguments, [](const CivilTime& time) { return time.month - 1; });
}

Value day_of_year(CallContext& context, Arguments arguments) {
  return part(context, arguments, [](const CivilTime& time) { return time.day_of_year - 1; });
}

Value day_of_month(CallContext& context, Arguments arguments) {
  return part(context, arguments, [](const CivilTime& time) { return time.day - 1; });
}

Value date(CallContext& context, Arguments arguments) {
  return part(context, arguments, [](const CivilTime& time) { return time.day; });
}

Value day_of_week(CallContext& context, Arguments arguments) {
  return part(context, arguments, [](const CivilTime& time) { return time.day_of_week; });
}

Value hours(CallContext& context, Arguments arguments) {
  return part(context, arguments, [](const CivilTime& time) { return time.hour; });
}

Value minutes(CallContext& context, Arguments arguments) {
  return part(context, arguments, [](const CivilTime& time) { return time.minute; });
}

Value seconds(CallContext& context, Arguments arguments) {
  return part(context, arguments, [](const CivilTime& time) { return time.second; });
}

Value milliseconds(CallContext& context, Arguments arguments) {
  const std::int64_t value = arguments[0].size / 1'000'000;
  return part(context, arguments, [value](const CivilTime&) { return value; });
}

Value duration_hours(CallContext&, Arguments arguments) {
  return in_units_of(3600 * nanoseconds_per_second, arguments);
}

Value duration_minutes(CallContext&, Arguments arguments) {
  return in_units_of(60 * nanoseconds_per_second, arguments);
}

Value duration_seconds(CallContext&, Arguments arguments) {
  return in_units_of(nanoseconds_per_second, arguments);
}

Value duration_milliseconds(CallContext&, Arguments arguments) {
  return in_units_of(1'000'000, arguments);
}

}  // namespace kastell::cel::time_parts
