#include "cel/well_known/construct.h"

#include <algorithm>
#include <array>
#include <expected>
#include <limits>
#include <optional>
#include <string>

#include "cel/evaluate/dispatch.h"
#include "cel/library/opaque_text.h"
#include "cel/well_known/messages.h"

namespace kastell::cel {

namespace {

// A field's value as the message keeps it, or why it cannot.
using Converted = std::expected<Value, std::string>;

// Whether a map has other keys than texts is found when it is made JSON.
bool takes(const Type& type, const Value& value, const SymbolTable& symbols) {
  return type.kind == TypeKind::map ? is_map(value) : is_assignable(type, value, symbols);
}

bool is_any_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

// What an optional gives that is taken for a value; itself if there is nothing in it.
const Value& inside_optionals(const Value& value) {
  const Value* inner = &value;
  while (inner->kind == value_kind::optional && as_optional(*inner) != nullptr) inner = as_optional(*inner);
  return *inner;
}

Converted within_32_bits(const Value& value) {
  if (value.kind == value_kind::uint) {
    if (as_uint(value) > std::numeric_limits<std::uint32_t>::max()) return std::unexpected("unsigned integer overflow");
  } else if (value.integer != static_cast<std::int32_t>(value.integer)) {
    return std::unexpected("integer overflow");
  }
  return value;
}

// Go's form of bytes is a list of small unsigned integers, so there a list of such is bytes too.
Converted bytes_of(CallContext& context, const Value& list) {
  std::string bytes;
  for (const Value& item : list.as_list()) {
    const Value& number = inside_optionals(item);
    if (number.kind != value_kind::uint) {
      return std::unexpected("unsupported type conversion from '" + std::string(type_name(number)) + "' to uint8");
    }
    if (as_uint(number) > std::numeric_limits<std::uint8_t>::max()) return std::unexpected("unsigned integer overflow");
    bytes += static_cast<char>(as_uint(number));
  }
  return make_bytes(context.arena.copy(bytes));
}

Converted convert(CallContext& context, const WellKnownMessage& message, const MessageField& field,
                  const Value& given) {
  const Value& value = inside_optionals(given);
  if (field.type->kind == TypeKind::string) {
    if (const auto text = opaque_text(value)) return make_string(context.arena.copy(*text));
  }
  if (field.type->kind == TypeKind::bytes && value.is_list()) return bytes_of(context, value);
  if (!takes(*field.type, value, context.symbols)) {
    return std::unexpected("unsupported type conversion from '" + std::string(type_name(value)) + "' to " +
                           to_string(*field.type));
  }
  if (value.is_list() || is_map(value)) {
    const Value json = json_form(context, value);
    return is_error(json) ? Converted(std::unexpected(std::string(as_error(json).message))) : json;
  }
  if (is_any_of(field.name, {"nanos", "null_value"}) ||
      is_any_of(message.name, {"google.protobuf.Int32Value", "google.protobuf.UInt32Value"})) {
    return within_32_bits(value);
  }
  if (message.name != "google.protobuf.FloatValue") return value;
  return make_double(static_cast<double>(static_cast<float>(value.floating)));
}

// The fields of a message by their number in its table.
constexpr std::size_t most_fields = 6;
using Fields = std::array<std::optional<Value>, most_fields>;

constexpr std::int64_t nanoseconds_in_second = 1'000'000'000;

std::int64_t integer_of(const std::optional<Value>& field) {
  return field ? field->integer : 0;
}

Value make_timestamp_of(CallContext& context, const Fields& fields) {
  constexpr std::int64_t first = -62'135'596'800,
                         last = 253'402'300'799;  // the years 1 to 9999
  std::int64_t seconds = integer_of(fields[0]);
  std::int64_t nanoseconds = integer_of(fields[1]);
  if (seconds < first || seconds > last) return make_error(context.arena, "timestamp out of range");
  seconds += nanoseconds / nanoseconds_in_second;
  nanoseconds %= nanoseconds_in_second;
  if (nanoseconds < 0) {
    nanoseconds += nanoseconds_in_second;
    --seconds;
  }
  if (seconds < first || seconds > last) return make_error(context.arena, "timestamp out of range");
  return make_timestamp(seconds, static_cast<std::uint32_t>(nanoseconds));
}

// As Go's AsDuration, which stays at the bounds.
Value make_duration_of(const Fields& fields) {
  const std::int64_t seconds = integer_of(fields[0]);
  std::int64_t total = 0;
  if (!__builtin_mul_overflow(seconds, nanoseconds_in_second, &total) &&
      !__builtin_add_overflow(total, integer_of(fields[1]), &total)) {
    return make_duration(total);
  }
  return make_duration(seconds < 0 ? std::numeric_limits<std::int64_t>::min()
                                   : std::numeric_limits<std::int64_t>::max());
}

Value zero(CallContext& context, const Type& type) {
  switch (type.kind) {
    case TypeKind::boolean: return make_bool(false);
    case TypeKind::int_: return make_int(0);
    case TypeKind::uint: return make_uint(0);
    case TypeKind::double_: return make_double(0);
    case TypeKind::string: return make_string("");
    case TypeKind::bytes: return make_bytes("");
    case TypeKind::list: return cel::make_list(context.arena, std::span<const Value>{});
    default: return make_map(context.arena, {});
  }
}

// google.protobuf.Value holds one of its fields; null_value is the first.
Value make_kind_of(const Fields& fields) {
  for (std::size_t i = most_fields; i-- > 1;) {
    if (fields[i]) return *fields[i];
  }
  return make_null();
}

Value make_value(CallContext& context, const WellKnownMessage& message, const Fields& fields) {
  switch (message.type->kind) {
    case TypeKind::timestamp: return make_timestamp_of(context, fields);
    case TypeKind::duration: return make_duration_of(fields);
    case TypeKind::dyn: return make_kind_of(fields);
    default: return fields[0] ? *fields[0] : zero(context, *message.fields[0].type);
  }
}

}  // namespace

Value construct_message(CallContext& context, std::string_view type, std::span<const StructureField> given) {
  const WellKnownMessage* message = find_well_known_message(type);
  if (message == nullptr) return make_error(context.arena, "unknown type '" + std::string(type) + "'");
  Fields fields;
  const bool has_kinds = message->type->kind == TypeKind::dyn;
  for (const StructureField& one : given) {
    const auto found = std::ranges::find(message->fields, one.name, &MessageField::name);
    if (found == message->fields.end()) return make_error(context.arena, "no such field: " + std::string(one.name));
    const Converted converted = convert(context, *message, *found, one.value);
    if (!converted) {
      return make_error(context.arena, "field type conversion error for " + std::string(type) + "." +
                                           std::string(one.name) + " value type: " + converted.error());
    }
    if (has_kinds) fields = {};
    fields[static_cast<std::size_t>(found - message->fields.begin())] = *converted;
  }
  return make_value(context, *message, fields);
}

}  // namespace kastell::cel
