#include "cel/patch/patch_types.h"

#include <algorithm>

namespace kastell::cel::patch {

const Type* find_field(std::string_view type, std::string_view field) {
  if (is_object(type)) return &types::dyn;
  if (type != json_patch_name || std::ranges::find(json_patch_fields, field) == json_patch_fields.end()) return nullptr;
  return field == "value" ? &types::dyn : &types::string;
}

}  // namespace kastell::cel::patch
