#include "cel/library/conversions.h"

#include <string>

#include "base/text.h"
#include "cel/library/number_text.h"
#include "cel/library/timestamp_value.h"
#include "cel/time_text.h"
#include "cel/type.h"
#include "cel/value.h"

namespace kastell::cel::conversions {
namespace {

constexpr double two_to_63 = 9223372036854775808.0;
constexpr double two_to_64 = 18446744073709551616.0;

Value text_value(CallContext& context, std::string_view text) {
  return make_string(context.arena.copy(text));
}

Value unreadable(CallContext& context, std::string_view type) {
  return make_error(context.arena, "type conversion error from 'string' to '" + std::string(type) + "'");
}

Value int_overflow(CallContext& context) {
  return make_error(context.arena, "integer overflow");
}

Value uint_overflow(CallContext& context) {
  return make_error(context.arena, "unsigned integer overflow");
}

struct KindType {
  Kind kind;
  const Type* type;
};
constexpr KindType kind_types[] = {
    {Kind::null, &types::null_type},
    {Kind::boolean, &types::boolean},
    {Kind::integer, &types::int_},
    {Kind::floating, &types::double_},
    {Kind::string, &types::string},
    {Kind::list, &types::list_dyn},
    {Kind::object, &types::map_dyn_dyn},
    {value_kind::map, &types::map_dyn_dyn},
    {value_kind::uint, &types::uint},
    {value_kind::bytes, &types::bytes},
    {value_kind::timestamp, &types::timestamp},
    {value_kind::duration, &types::duration},
    {value_kind::type, &types::type},
};

const Type* fixed_type_of(Kind kind) {
  for (const KindType& known : kind_types) {
    if (known.kind == kind) return known.type;
  }
  return nullptr;
}

bool is_timestamp_second(std::int64_t seconds) {
  return seconds >= first_timestamp_second && seconds <= last_timestamp_second;
}

}  // namespace

Value identity(CallContext&, Arguments arguments) {
  return arguments[0];
}

Value type_of(CallContext& context, Arguments arguments) {
  const Value& value = arguments[0];
  if (const Type* type = fixed_type_of(value.kind)) return make_type(*type);
  // So it is in the API server: the type of an Object is no name that an expression could compare it with.
  if (value.kind == value_kind::structure) return make_type(types::type);
  if (value.kind == value_kind::optional) return make_type(*make_optional_type(context.arena, types::dyn));
  return make_type(*make_opaque_type(context.arena, type_name(value)));
}

Value uint_to_int(CallContext& context, Arguments arguments) {
  return arguments[0].integer < 0 ? int_overflow(context) : make_int(arguments[0].integer);
}

// cel-go refuses -2^63 too, since as a double it may stand for less.
Value double_to_int(CallContext& context, Arguments arguments) {
  const double value = arguments[0].floating;
  if (!(value > -two_to_63 && value < two_to_63)) return int_overflow(context);
  return make_int(static_cast<std::int64_t>(value));
}

Value string_to_int(CallContext& context, Arguments arguments) {
  const auto value = parse_int(as_text(arguments[0]));
  return value ? make_int(*value) : unreadable(context, "int");
}

Value timestamp_to_int(CallContext&, Arguments arguments) {
  return make_int(arguments[0].integer);
}

Value duration_to_int(CallContext&, Arguments arguments) {
  return make_int(arguments[0].integer);
}

Value int_to_uint(CallContext& context, Arguments arguments) {
  if (arguments[0].integer < 0) return uint_overflow(context);
  return make_uint(static_cast<std::uint64_t>(arguments[0].integer));
}

Value double_to_uint(CallContext& context, Arguments arguments) {
  const double value = arguments[0].floating;
  if (!(value >= 0 && value < two_to_64)) return uint_overflow(context);
  return make_uint(static_cast<std::uint64_t>(value));
}

Value string_to_uint(CallContext& context, Arguments arguments) {
  const auto value = parse_uint(as_text(arguments[0]));
  return value ? make_uint(*value) : unreadable(context, "uint");
}

Value int_to_double(CallContext&, Arguments arguments) {
  return make_double(static_cast<double>(arguments[0].integer));
}

Value uint_to_double(CallContext&, Arguments arguments) {
  return make_double(static_cast<double>(as_uint(arguments[0])));
}

Value string_to_double(CallContext& context, Arguments arguments) {
  const auto value = parse_double(as_text(arguments[0]));
  return value ? make_double(*value) : unreadable(context, "double");
}

Value bool_to_string(CallContext&, Arguments arguments) {
  return make_string(arguments[0].boolean ? "true" : "false");
}

Value int_to_string(CallContext& context, Arguments arguments) {
  return text_value(context, std::to_string(arguments[0].integer));
}

Value uint_to_string(CallContext& context, Arguments arguments) {
  return text_value(context, std::to_string(as_uint(arguments[0])));
}

Value double_to_string(CallContext& context, Arguments arguments) {
  return text_value(context, format_double(arguments[0].floating));
}

Value bytes_to_string(CallContext& context, Arguments arguments) {
  if (find_invalid_utf8(as_text(arguments[0]))) {
    return make_error(context.arena, "invalid UTF-8 in bytes, cannot convert to string");
  }
  return make_string(as_text(arguments[0]));
}

Value timestamp_to_string(CallContext& context, Arguments arguments) {
  return text_value(context, format_timestamp(as_timestamp(arguments[0])));
}

Value duration_to_string(CallContext& context, Arguments arguments) {
  return text_value(context, format_duration_seconds(arguments[0].integer));
}

Value string_to_bool(CallContext& context, Arguments arguments) {
  const auto value = parse_bool(as_text(arguments[0]));
  return value ? make_bool(*value) : unreadable(context, "bool");
}

Value string_to_bytes(CallContext&, Arguments arguments) {
  return make_bytes(as_text(arguments[0]));
}

Value string_to_timestamp(CallContext& context, Arguments arguments) {
  const auto timestamp = parse_timestamp(as_text(arguments[0]));
  if (!timestamp) return unreadable(context, "google.protobuf.Timestamp");
  if (!is_timestamp_second(timestamp->seconds)) return make_error(context.arena, "timestamp overflow");
  return make_timestamp(*timestamp);
}

Value int_to_timestamp(CallContext& context, Arguments arguments) {
  if (!is_timestamp_second(arguments[0].integer)) return make_error(context.arena, "timestamp overflow");
  return make_timestamp(arguments[0].integer, 0);
}

Value string_to_duration(CallContext& context, Arguments arguments) {
  const auto value = parse_duration(as_text(arguments[0]));
  return value ? make_duration(*value) : unreadable(context, "google.protobuf.Duration");
}

}  // namespace kastell::cel::conversions
