#include "cel/library/time_parts.h"

#include "cel/library/time_zones.h"
#include "cel/time_text.h"
#include "cel/value.h"

namespace kastell::cel::time_parts {
namespace {

constexpr std::int64_t nanoseconds_per_millisecond = 1'000'000;

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

// As Go's Duration.Hours(), Minutes() and Seconds(), cut off: they are doubles, and so the last nanoseconds of a unit
// may have been rounded up to the next one.
Value in_units_of(std::int64_t nanoseconds, Arguments arguments) {
  const std::int64_t duration = arguments[0].integer;
  const std::int64_t whole = duration / nanoseconds, rest = duration % nanoseconds;
  const double sum = static_cast<double>(whole) + static_cast<double>(rest) / static_cast<double>(nanoseconds);
  return make_int(static_cast<std::int64_t>(sum));
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
  const std::int64_t value = arguments[0].size / nanoseconds_per_millisecond;
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
  return make_int(arguments[0].integer / nanoseconds_per_millisecond);
}

Value duration_milliseconds_part(CallContext&, Arguments arguments) {
  return make_int(arguments[0].integer % nanoseconds_per_second / nanoseconds_per_millisecond);
}

}  // namespace kastell::cel::time_parts
