// Running the literal of a well-known message.
#pragma once

#include <span>
#include <string_view>

#include "cel/function.h"

namespace kastell::cel {

// The value of `type{name: value, …}`, or an error: a type that is no well-known message, a value that a field cannot
// take. Of the kinds of a google.protobuf.Value the last one given counts.
Value construct_message(CallContext& context, std::string_view type, std::span<const StructureField> given);

// The value as JSON has it, which is what google.protobuf.Value keeps: numbers are doubles, or text if a double would
// not do; bytes are base64, times text. An error if it has no such form.
Value json_form(CallContext& context, const Value& value);

}  // namespace kastell::cel
