// Running the literals of a MutatingAdmissionPolicy's patches, and reading their fields.
#pragma once

#include <span>
#include <string_view>

#include "cel/evaluate/qualify.h"
#include "cel/function.h"

namespace kastell::cel::patch {

// `type{name: value, …}` for a name that is_type(). Of fields given twice the last counts. A JSONPatch keeps no empty
// op, path or from; an error if one of those is no text.
Value construct(CallContext& context, std::string_view type, std::span<const StructureField> given);

// What selecting a field gives. Of a field that is not set: null of an object; of a JSONPatch an empty text, or null
// for its value. An error for a field that there cannot be.
Value select(CallContext& context, const StructureValue& structure, std::string_view field);

// The field as it was given; nothing if it was not.
Presence find_if_set(CallContext& context, const StructureValue& structure, std::string_view field);

// A value as an object shows it in its fields, and as a patch writes it: objects are maps, an optional is what is in
// it, or null, and a type is its name. An error for the types of Kubernetes' own libraries.
Value plain_form(CallContext& context, const Value& value);

}  // namespace kastell::cel::patch
