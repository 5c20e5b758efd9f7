#include "cel/library/math_functions.h"

#include <cmath>
#include <string>

#include "cel/value.h"

namespace kastell::cel::math_functions {
namespace {

bool is_number(const Value& value) {
  return value.kind == Kind::integer || value.kind == Kind::floating || value.kind == value_kind::uint;
}

// The first unless the second is `preferred` to it; an error for what cannot be ordered.
Value extreme(CallContext& context, const Value& a, const Value& b, Ordering unless, std::string_view name) {
  const Ordering order = compare(a, b);
  if (order == Ordering::unordered) {
    return make_error(context.arena, "NaN values cannot be ordered: " + std::string(name));
  }
  if (order == Ordering::incomparable) return make_error(context.arena, "no such overload: " + std::string(name));
  return order == unless ? b : a;
}

Value extreme_of_list(CallContext& context, const Value& list, Ordering unless, std::string_view name) {
  const auto items = list.as_list();
  if (items.empty()) return make_error(context.arena, std::string(name) + "(list) argument must not be empty");
  Value best = items[0];
  for (const Value& item : items.subspan(1)) {
    best = extreme(context, best, item, unless, name);
    if (is_error(best)) return best;
  }
  return is_number(best) ? best : make_error(context.arena, "no such overload: " + std::string(name));
}

Value with_bits(Value like, std::uint64_t bits) {
  like.integer = static_cast<std::int64_t>(bits);
  return like;
}

Value negative_offset(CallContext& context, std::string_view name, std::int64_t offset) {
  return make_error(context.arena, "math." + std::string(name) + "() negative offset: " + std::to_string(offset));
}

}  // namespace

Value lesser(CallContext& context, Arguments arguments) {
  return extreme(context, arguments[0], arguments[1], Ordering::greater, "math.@min");
}

Value greater(CallContext& context, Arguments arguments) {
  return extreme(context, arguments[0], arguments[1], Ordering::less, "math.@max");
}

Value least(CallContext& context, Arguments arguments) {
  return extreme_of_list(context, arguments[0], Ordering::greater, "math.@min");
}

Value greatest(CallContext& context, Arguments arguments) {
  return extreme_of_list(context, arguments[0], Ordering::less, "math.@max");
}

Value ceil(CallContext&, Arguments arguments) {
  return make_double(std::ceil(arguments[0].floating));
}

Value floor(CallContext&, Arguments arguments) {
  return make_double(std::floor(arguments[0].floating));
}

// Halves away from zero.
Value round(CallContext&, Arguments arguments) {
  return make_double(std::round(arguments[0].floating));
}

Value trunc(CallContext&, Arguments arguments) {
  return make_double(std::trunc(arguments[0].floating));
}

Value is_inf(CallContext&, Arguments arguments) {
  return make_bool(std::isinf(arguments[0].floating));
}

Value is_nan(CallContext&, Arguments arguments) {
  return make_bool(std::isnan(arguments[0].floating));
}

Value is_finite(CallContext&, Arguments arguments) {
  return make_bool(std::isfinite(arguments[0].floating));
}

Value abs_of_double(CallContext&, Arguments arguments) {
  return make_double(std::fabs(arguments[0].floating));
}

Value abs_of_int(CallContext& context, Arguments arguments) {
  const std::int64_t value = arguments[0].integer;
  if (value == INT64_MIN) return make_error(context.arena, "integer overflow");
  return make_int(value < 0 ? -value : value);
}

Value sign_of_double(CallContext&, Arguments arguments) {
  const double value = arguments[0].floating;
  if (std::isnan(value)) return arguments[0];
  return make_double(value > 0 ? 1 : value < 0 ? -1 : 0);
}

Value sign_of_int(CallContext&, Arguments arguments) {
  const std::int64_t value = arguments[0].integer;
  return make_int(value > 0 ? 1 : value < 0 ? -1 : 0);
}

Value sign_of_uint(CallContext&, Arguments arguments) {
  return make_uint(as_uint(arguments[0]) == 0 ? 0 : 1);
}

Value sqrt_of_double(CallContext&, Arguments arguments) {
  return make_double(std::sqrt(arguments[0].floating));
}

Value sqrt_of_int(CallContext&, Arguments arguments) {
  return make_double(std::sqrt(static_cast<double>(arguments[0].integer)));
}

Value sqrt_of_uint(CallContext&, Arguments arguments) {
  return make_double(std::sqrt(static_cast<double>(as_uint(arguments[0]))));
}

Value bit_and(CallContext&, Arguments arguments) {
  return with_bits(arguments[0], as_uint(arguments[0]) & as_uint(arguments[1]));
}

Value bit_or(CallContext&, Arguments arguments) {
  return with_bits(arguments[0], as_uint(arguments[0]) | as_uint(arguments[1]));
}

Value bit_xor(CallContext&, Arguments arguments) {
  return with_bits(arguments[0], as_uint(arguments[0]) ^ as_uint(arguments[1]));
}

Value bit_not(CallContext&, Arguments arguments) {
  return with_bits(arguments[0], ~as_uint(arguments[0]));
}

Value shift_left(CallContext& context, Arguments arguments) {
  const std::int64_t offset = arguments[1].integer;
  if (offset < 0) return negative_offset(context, "bitShiftLeft", offset);
  return with_bits(arguments[0], offset > 63 ? 0 : as_uint(arguments[0]) << offset);
}

// Fills with zeros, for int too.
Value shift_right(CallContext& context, Arguments arguments) {
  const std::int64_t offset = arguments[1].integer;
  if (offset < 0) return negative_offset(context, "bitShiftRight", offset);
  return with_bits(arguments[0], offset > 63 ? 0 : as_uint(arguments[0]) >> offset);
}

}  // namespace kastell::cel::math_functions
