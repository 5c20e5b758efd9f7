// The types that the patches of a MutatingAdmissionPolicy write as literals: Object, Object.spec, Object.spec.template,
// … and JSONPatch (apiserver pkg/cel/mutation). The API server has no schema for them: a type of any such name exists,
// with any fields, and those are dyn.
#pragma once

#include <array>
#include <string_view>

#include "cel/type.h"

namespace kastell::cel::patch {

inline constexpr std::string_view object_name = "Object", json_patch_name = "JSONPatch";
inline constexpr std::array<std::string_view, 4> json_patch_fields{"op", "path", "from", "value"};

// Object itself, or one of its parts.
inline bool is_object(std::string_view type) {
  return type == object_name || (type.starts_with(object_name) && type[object_name.size()] == '.');
}
inline bool is_type(std::string_view name) {
  return is_object(name) || name == json_patch_name;
}

// The type of a field of Object, one of its parts or JSONPatch; null if there is no such field.
const Type* find_field(std::string_view type, std::string_view field);

}  // namespace kastell::cel::patch
