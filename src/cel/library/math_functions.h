// The functions of the math extension.
#pragma once

#include <span>

#include "cel/function.h"

namespace kastell::cel::math_functions {

using Arguments = std::span<const Value>;

Value lesser(CallContext& context, Arguments arguments);
Value greater(CallContext& context, Arguments arguments);
Value least(CallContext& context, Arguments arguments);
Value greatest(CallContext& context, Arguments arguments);

Value ceil(CallContext& context, Arguments arguments);
Value floor(CallContext& context, Arguments arguments);
Value round(CallContext& context, Arguments arguments);
Value trunc(CallContext& context, Arguments arguments);
Value is_inf(CallContext& context, Arguments arguments);
Value is_nan(CallContext& context, Arguments arguments);
Value is_finite(CallContext& context, Arguments arguments);
Value abs_of_double(CallContext& context, Arguments arguments);
Value abs_of_int(CallContext& context, Arguments arguments);
Value sign_of_double(CallContext& context, Arguments arguments);
Value sign_of_int(CallContext& context, Arguments arguments);
Value sign_of_uint(CallContext& context, Arguments arguments);
Value sqrt_of_double(CallContext& context, Arguments arguments);
Value sqrt_of_int(CallContext& context, Arguments arguments);
Value sqrt_of_uint(CallContext& context, Arguments arguments);

// The same for int and uint.
Value bit_and(CallContext& context, Arguments arguments);
Value bit_or(CallContext& context, Arguments arguments);
Value bit_xor(CallContext& context, Arguments arguments);
Value bit_not(CallContext& context, Arguments arguments);
Value shift_left(CallContext& context, Arguments arguments);
Value shift_right(CallContext& context, Arguments arguments);

}  // namespace kastell::cel::math_functions
