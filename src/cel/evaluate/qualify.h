// Selecting inside a value: a.b, a[k], has(a.b) and their optional forms (cel-go's qualifiers).
#pragma once

#include <span>

#include "cel/function.h"

namespace kastell::cel {

// Only these kinds can be keys or indexes; cel-go refuses others before it looks at the container.
bool is_qualifier(const Value& key);

// value[key], also value.key with a string key: the element, or an error («no such key: x»,
// «index out of bounds: 5»…).
// `value` may be an error that has not been noticed (EvaluationError::unnoticed); then it is noticed now.
Value qualify(CallContext& context, const Value& value, const Value& key);
bool is_noticed(const Value& value);  // an error that ends the path

// The same for presence tests and optional access: the element, or null if it is absent. `problem`
// is an error value if the question itself cannot be asked, else null.
struct Presence {
  const Value* element = nullptr;
  Value problem = {};
};
Presence qualify_if_present(CallContext& context, const Value& value, const Value& key);

// For a.?b and a[?b]. Of a value without fields or elements nothing is present; `strict` makes it a problem.
Presence qualify_optionally(CallContext& context, const Value& value, const Value& key, bool strict);

// How cel-go names a value's type where it prints Go's: "types.Int".
std::string_view go_type_name(const Value& value);

// Why the key cannot be looked for in a reflected map (cel/value.h); null if it can.
Value reflected_key_problem(CallContext& context, const Value& map, const Value& key);

// What LanguageOptions::strict_map_literals refuses of a literal's next key; null if nothing.
Value map_key_problem(CallContext& context, std::span<const MapEntry> earlier, const Value& key);

}  // namespace kastell::cel
