#include "kube/api_schema/defined_type.h"

#include <array>

#include "document/node.h"
#include "kube/api_schema/custom.h"

namespace kastell::kube::api_schema {

using document::Node;

namespace {

const SchemaWords& words_of(ApiType type) {
  return type.schemas->words();
}

const Node* member(ApiType type, Symbol word) {
  return type.schema->find(word);
}

const Node* object_in(ApiType type, Symbol word) {
  const Node* found = member(type, word);
  return found != nullptr && found->is_object() ? found : nullptr;
}

ApiType of_schema(const Node& schema, ApiType parent) {
  if (!schema.is_object()) return {};
  ApiType type{.number = ApiType::defined_number, .minor = parent.minor, .schema = &schema, .schemas = parent.schemas};
  type.is_open = parent.is_open || says(type, words_of(type).keeps_unknown_fields);
  type.is_resource = says(type, words_of(type).embedded_resource);
  return type;
}

FieldShape object_shape(ApiType type) {
  const SchemaWords& words = words_of(type);
  if (says(type, words.keeps_unknown_fields)) return FieldShape::any;
  if (member(type, words.additional_properties) != nullptr) return FieldShape::map;
  const Node* properties = object_in(type, words.properties);
  const bool has_fields = type.is_resource || (properties != nullptr && properties->size != 0);
  return has_fields ? FieldShape::structure : FieldShape::map;
}

}  // namespace

std::string_view type_word(ApiType type) {
  const Node* word = member(type, words_of(type).type);
  return word == nullptr ? std::string_view{} : word->as_string();
}

bool says(ApiType type, Symbol word) {
  const Node* value = member(type, word);
  return value != nullptr && value->kind == document::Kind::boolean && value->boolean;
}

// What may be null, or text as well as number, is of any type: nobody shall be told off for asking.
FieldShape defined_shape(ApiType type) {
  static constexpr std::array<std::pair<std::string_view, FieldShape>, 5> shapes = {{{"array", FieldShape::list},
                                                                                     {"string", FieldShape::text},
                                                                                     {"integer", FieldShape::integer},
                                                                                     {"number", FieldShape::number},
                                                                                     {"boolean", FieldShape::boolean}}};
  const SchemaWords& words = words_of(type);
  if (says(type, words.int_or_string) || says(type, words.nullable)) return FieldShape::any;
  const std::string_view named = type_word(type);
  if (named == "object" || type.is_resource) return object_shape(type);
  for (const auto& [name, shape] : shapes) {
    if (name == named) return shape;
  }
  return FieldShape::any;
}

ApiType defined_element(ApiType type) {
  const SchemaWords& words = words_of(type);
  const Node* element = object_in(type, type_word(type) == "array" ? words.items : words.additional_properties);
  return element == nullptr ? ApiType{} : of_schema(*element, type);
}

std::vector<DeclaredField> defined_fields(ApiType type) {
  std::vector<DeclaredField> fields;
  if (type.is_resource) {
    for (const std::string_view name : {"apiVersion", "kind", "metadata"}) {
      fields.push_back({name, find_field({ApiType::custom_number, type.minor}, name).value_or(ApiType{})});
    }
  }
  const Node* properties = object_in(type, words_of(type).properties);
  for (std::size_t i = 0; properties != nullptr && i < properties->size; ++i) {
    const std::string_view name = type.schemas->symbols().text(properties->member_keys()[i]);
    const bool is_of_any = type.is_resource && (name == "apiVersion" || name == "kind" || name == "metadata");
    if (!is_of_any) fields.push_back({name, of_schema(properties->member_values()[i], type)});
  }
  return fields;
}

std::optional<ApiType> defined_field(ApiType type, std::string_view name) {
  const Node* properties = object_in(type, words_of(type).properties);
  const auto symbol = type.schemas->symbols().find(name);
  const Node* field = properties == nullptr || !symbol ? nullptr : properties->find(*symbol);
  return field == nullptr ? std::nullopt : std::optional(of_schema(*field, type));
}

}  // namespace kastell::kube::api_schema
