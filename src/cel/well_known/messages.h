// The well-known protobuf messages that CEL takes as values of its own: google.protobuf.Int64Value{value: 1} is the
// int 1, google.protobuf.Struct{…} a map. They are the only messages that can be written: Any and Empty would stay
// messages when they run.
#pragma once

#include <span>
#include <string_view>

#include "cel/type.h"
#include "cel/value.h"

namespace kastell::cel {

struct MessageField {
  std::string_view name;
  const Type* type;
};

struct WellKnownMessage {
  std::string_view name;
  const Type* type;  // of the value that it makes
  std::span<const MessageField> fields;
};

// Null if there is none of the name.
const WellKnownMessage* find_well_known_message(std::string_view name);
const Type* find_field(const WellKnownMessage& message, std::string_view field);

// A message's name as a type, and google.protobuf.NullValue.NULL_VALUE, the int 0; null for other names.
const Value* find_well_known_constant(std::string_view name);

}  // namespace kastell::cel
