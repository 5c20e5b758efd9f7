#include "cel/well_known/messages.h"

#include <algorithm>
#include <array>
#include <vector>

namespace kastell::cel {

namespace {

constexpr MessageField bool_value[] = {{"value", &types::boolean}};
constexpr MessageField bytes_value[] = {{"value", &types::bytes}};
constexpr MessageField double_value[] = {{"value", &types::double_}};
constexpr MessageField int_value[] = {{"value", &types::int_}};
constexpr MessageField string_value[] = {{"value", &types::string}};
constexpr MessageField uint_value[] = {{"value", &types::uint}};
constexpr MessageField seconds_and_nanos[] = {{"seconds", &types::int_}, {"nanos", &types::int_}};
constexpr MessageField struct_fields[] = {{"fields", &types::map_string_dyn}};
constexpr MessageField list_values[] = {{"values", &types::list_dyn}};
constexpr MessageField value_kinds[] = {
    {"null_value", &types::int_},    {"number_value", &types::double_},        {"string_value", &types::string},
    {"bool_value", &types::boolean}, {"struct_value", &types::map_string_dyn}, {"list_value", &types::list_dyn}};

constexpr std::array messages{
    WellKnownMessage{"google.protobuf.BoolValue", &types::wrapper_bool, bool_value},
    WellKnownMessage{"google.protobuf.BytesValue", &types::wrapper_bytes, bytes_value},
    WellKnownMessage{"google.protobuf.DoubleValue", &types::wrapper_double, double_value},
    WellKnownMessage{"google.protobuf.Duration", &types::duration, seconds_and_nanos},
    WellKnownMessage{"google.protobuf.FloatValue", &types::wrapper_double, double_value},
    WellKnownMessage{"google.protobuf.Int32Value", &types::wrapper_int, int_value},
    WellKnownMessage{"google.protobuf.Int64Value", &types::wrapper_int, int_value},
    WellKnownMessage{"google.protobuf.ListValue", &types::list_dyn, list_values},
    WellKnownMessage{"google.protobuf.StringValue", &types::wrapper_string, string_value},
    WellKnownMessage{"google.protobuf.Struct", &types::map_string_dyn, struct_fields},
    WellKnownMessage{"google.protobuf.Timestamp", &types::timestamp, seconds_and_nanos},
    WellKnownMessage{"google.protobuf.UInt32Value", &types::wrapper_uint, uint_value},
    WellKnownMessage{"google.protobuf.UInt64Value", &types::wrapper_uint, uint_value},
    WellKnownMessage{"google.protobuf.Value", &types::dyn, value_kinds},
};

// The types, in the order of the messages.
std::vector<Value> type_values() {
  std::vector<Value> values;
  for (const WellKnownMessage& message : messages) values.push_back(make_type(*message.type));
  return values;
}

}  // namespace

const WellKnownMessage* find_well_known_message(std::string_view name) {
  const auto* found = std::ranges::find(messages, name, &WellKnownMessage::name);
  return found == messages.end() ? nullptr : found;
}

const Type* find_field(const WellKnownMessage& message, std::string_view field) {
  const auto found = std::ranges::find(message.fields, field, &MessageField::name);
  return found == message.fields.end() ? nullptr : found->type;
}

const Value* find_well_known_constant(std::string_view name) {
  static const std::vector<Value> values = type_values();
  static const Value null_value = make_int(0);
  if (name == "google.protobuf.NullValue.NULL_VALUE") return &null_value;
  const WellKnownMessage* message = find_well_known_message(name);
  return message == nullptr ? nullptr : &values[static_cast<std::size_t>(message - messages.data())];
}

}  // namespace kastell::cel
