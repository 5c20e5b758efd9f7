#include "kube/api_type.h"

#include <algorithm>
#include <string>

#include "kube/api_resource.h"
#include "kube/api_schema/defined_type.h"
#include "kube/api_schema/names.h"

namespace kastell::kube {

using api_schema::ApiKind, api_schema::Field, api_schema::Shape, api_schema::Tables, api_schema::Type;
using api_schema::tables;

namespace {

template <typename Row>
bool is_active(const Row& row, std::uint8_t minor) {
  return row.since <= minor && minor <= row.until;
}

// What every object has, a ConfigMap has too.
std::optional<ApiType> find_field_of_any_object(std::string_view name, std::uint8_t minor) {
  if (name != "apiVersion" && name != "kind" && name != "metadata") return std::nullopt;
  return find_field(type_of("", "v1", "ConfigMap", minor), name);
}

}  // namespace

ApiType type_of(std::string_view group, std::string_view version, std::string_view kind, std::uint8_t minor) {
  const std::string api_version = std::string(group) + (group.empty() ? "" : "/") + std::string(version);
  const ApiKind* row = api_schema::find_kind(tables(), api_version, kind, minor);
  const bool is_served = row != nullptr && is_active(*row, minor);
  return {is_served ? row->type : ApiType::custom_number, minor};
}

FieldShape shape_of(ApiType type) {
  if (type.number == ApiType::defined_number) return api_schema::defined_shape(type);
  if (type.number == ApiType::any_number) return FieldShape::any;
  if (type.number == ApiType::custom_number) return FieldShape::structure;
  const Type declared = tables().types[type.number];
  switch (declared.shape) {
    case Shape::any:
    case Shape::int_or_string: return FieldShape::any;
    case Shape::object: return declared.merging == api_schema::Merging::atomic ? FieldShape::any : FieldShape::map;
    case Shape::string:
    case Shape::bytes:
    case Shape::time:
    case Shape::micro_time:
    case Shape::enumeration: return FieldShape::text;
    case Shape::boolean: return FieldShape::boolean;
    case Shape::int32:
    case Shape::int64: return FieldShape::integer;
    case Shape::number: return FieldShape::number;
    case Shape::quantity: return FieldShape::quantity;
    case Shape::list: return FieldShape::list;
    case Shape::map: return FieldShape::map;
    case Shape::structure: return declared.count == 0 ? FieldShape::map : FieldShape::structure;
  }
  return FieldShape::any;
}

ApiType element_of(ApiType type) {
  if (type.number == ApiType::defined_number) return api_schema::defined_element(type);
  if (type.number >= ApiType::custom_number) return {};
  const Type declared = tables().types[type.number];
  const bool has_one = declared.shape == Shape::list || declared.shape == Shape::map;
  return has_one ? ApiType{declared.first, type.minor} : ApiType{};
}

std::vector<DeclaredField> fields_of(ApiType type) {
  if (type.number == ApiType::defined_number) return api_schema::defined_fields(type);
  std::vector<DeclaredField> fields;
  if (type.number >= ApiType::custom_number) return fields;
  const Tables all = tables();
  const Type& declared = all.types[type.number];
  if (declared.shape != Shape::structure) return fields;
  for (const Field& field : all.fields.subspan(declared.first, declared.count)) {
    if (is_active(field, type.minor)) fields.push_back({all.word(field.name), {field.type, type.minor}});
  }
  return fields;
}

std::optional<ApiType> find_field(ApiType type, std::string_view name) {
  if (type.number == ApiType::custom_number || type.is_resource) {
    const auto found = find_field_of_any_object(name, type.minor);
    if (found || type.number == ApiType::custom_number) return found;
  }
  if (type.number == ApiType::defined_number) return api_schema::defined_field(type, name);
  const Tables all = tables();
  const auto word = api_schema::find_word(all, name);
  if (!word || type.number == ApiType::any_number || all.types[type.number].shape != Shape::structure)
    return std::nullopt;
  const Field* field = api_schema::find_field(all, all.types[type.number], *word, type.minor);
  return field == nullptr ? std::nullopt : std::optional(ApiType{field->type, type.minor});
}

std::vector<DeclaredKind> declared_kinds(std::uint8_t minor) {
  const Tables all = tables();
  std::vector<DeclaredKind> kinds;
  for (const ApiKind& row : all.kinds) {
    if (!is_active(row, minor)) continue;
    const std::string_view api_version = all.word(row.api_version), group = api_group(api_version);
    const std::string_view version = version_in_group(api_version);
    kinds.push_back({group, version, all.word(row.kind), {row.type, minor}});
  }
  return kinds;
}

}  // namespace kastell::kube
