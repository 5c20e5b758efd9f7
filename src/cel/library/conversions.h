// int(), uint(), double(), string(), bytes(), bool(), timestamp(), duration(), type(), dyn(): one
// implementation per overload, with cel-go's ranges and messages.
#pragma once

#include <span>

#include "cel/function.h"

namespace kastell::cel::conversions {

using Arguments = std::span<const Value>;

Value identity(CallContext& context, Arguments arguments);
Value type_of(CallContext& context, Arguments arguments);

Value uint_to_int(CallContext& context, Arguments arguments);
Value double_to_int(CallContext& context, Arguments arguments);
Value string_to_int(CallContext& context, Arguments arguments);
Value timestamp_to_int(CallContext& context, Arguments arguments);  // seconds since 1970
Value duration_to_int(CallContext& context, Arguments arguments);   // nanoseconds

Value int_to_uint(CallContext& context, Arguments arguments);
Value double_to_uint(CallContext& context, Arguments arguments);
Value string_to_uint(CallContext& context, Arguments arguments);

Value int_to_double(CallContext& context, Arguments arguments);
Value uint_to_double(CallContext& context, Arguments arguments);
Value string_to_double(CallContext& context, Arguments arguments);

Value bool_to_string(CallContext& context, Arguments arguments);
Value int_to_string(CallContext& context, Arguments arguments);
Value uint_to_string(CallContext& context, Arguments arguments);
Value double_to_string(CallContext& context, Arguments arguments);
Value bytes_to_string(CallContext& context, Arguments arguments);
Value timestamp_to_string(CallContext& context, Arguments arguments);
Value duration_to_string(CallContext& context, Arguments arguments);

Value string_to_bool(CallContext& context, Arguments arguments);
Value string_to_bytes(CallContext& context, Arguments arguments);
Value string_to_timestamp(CallContext& context, Arguments arguments);
Value int_to_timestamp(CallContext& context, Arguments arguments);
Value string_to_duration(CallContext& context, Arguments arguments);

}  // namespace kastell::cel::conversions
