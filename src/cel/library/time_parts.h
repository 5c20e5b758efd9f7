// getFullYear() … getMilliseconds() of timestamps, in UTC or in the zone given; getHours() … of durations.
#pragma once

#include <span>

#include "cel/function.h"

namespace kastell::cel::time_parts {

using Arguments = std::span<const Value>;

Value full_year(CallContext& context, Arguments arguments);
Value month(CallContext& context, Arguments arguments);         // from 0
Value day_of_year(CallContext& context, Arguments arguments);   // from 0
Value day_of_month(CallContext& context, Arguments arguments);  // from 0
Value date(CallContext& context, Arguments arguments);          // from 1
Value day_of_week(CallContext& context, Arguments arguments);   // 0 is Sunday
Value hours(CallContext& context, Arguments arguments);
Value minutes(CallContext& context, Arguments arguments);
Value seconds(CallContext& context, Arguments arguments);
Value milliseconds(CallContext& context, Arguments arguments);

// The whole duration in that unit, cut towards zero.
Value duration_hours(CallContext& context, Arguments arguments);
Value duration_minutes(CallContext& context, Arguments arguments);
Value duration_seconds(CallContext& context, Arguments arguments);
Value duration_milliseconds(CallContext& context, Arguments arguments);
// What the specification means by getMilliseconds(): the part of them that is no whole second.
Value duration_milliseconds_part(CallContext& context, Arguments arguments);

}  // namespace kastell::cel::time_parts
