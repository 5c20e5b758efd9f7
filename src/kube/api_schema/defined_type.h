// Types in definitions of custom resources: kube/api_type.h for ApiType::defined_number.
#pragma once

#include "base/symbol.h"
#include "kube/api_type.h"

namespace kastell::kube::api_schema {

FieldShape defined_shape(ApiType type);
ApiType defined_element(ApiType type);
std::vector<DeclaredField> defined_fields(ApiType type);
// What every object has aside.
std::optional<ApiType> defined_field(ApiType type, std::string_view name);

// What the words of the schema say: its "type", and whether a member is true.
std::string_view type_word(ApiType type);
bool says(ApiType type, Symbol word);

}  // namespace kastell::kube::api_schema
