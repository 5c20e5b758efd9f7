#include "kube/merge/types.h"

#include <algorithm>

#include "base/text.h"
#include "kube/api_schema/custom.h"
#include "kube/api_schema/defined_type.h"

namespace kastell::kube::merge {

using document::Kind;
using document::Node;

namespace {

using api_schema::Merging, api_schema::Tables, api_schema::Type;

Shape merge_shape(const Type& type) {
  using Declared = api_schema::Shape;
  switch (type.shape) {
    case Declared::any:
    case Declared::int_or_string: return Shape::any;
    case Declared::object: return type.merging == Merging::atomic ? Shape::opaque : Shape::map;
    case Declared::string:
    case Declared::bytes:
    case Declared::time:
    case Declared::micro_time:
    case Declared::enumeration: return Shape::text;
    case Declared::boolean: return Shape::boolean;
    case Declared::int32:
    case Declared::int64:
    case Declared::number: return Shape::number;
    case Declared::quantity: return Shape::scalar;
    case Declared::list: return Shape::list;
    case Declared::map: return Shape::map;
    case Declared::structure: return type.count == 0 ? Shape::map : Shape::structure;  // without fields: any members
  }
  return Shape::any;
}

// Of a schema in the definition of a custom resource, as kube-openapi's schemaconv reads it.
Shape merge_shape_of_definition(ApiType type) {
  const api_schema::SchemaWords& words = type.schemas->words();
  const std::string_view named = api_schema::type_word(type);
  if (api_schema::says(type, words.int_or_string)) return Shape::any;
  if (named == "array") return Shape::list;
  if (named == "string") return Shape::text;
  if (named == "integer" || named == "number") return Shape::number;
  if (named == "boolean") return Shape::boolean;
  if (named != "object" && !type.is_resource) return Shape::any;
  const Node* properties = type.schema->find(words.properties);
  const bool has_fields = properties != nullptr && properties->is_object() && properties->size != 0;
  return type.is_resource || has_fields ? Shape::structure : Shape::map;
}

std::string_view word_of(ApiType type, Symbol word) {
  const Node* value = type.schema->find(word);
  return value == nullptr ? std::string_view{} : value->as_string();
}

TypeRow row_of_definition(ApiType type) {
  const api_schema::SchemaWords& words = type.schemas->words();
  TypeRow row{.shape = merge_shape_of_definition(type), .type = type, .element = element_of(type)};
  if (row.shape == Shape::structure || row.shape == Shape::map) row.atomic = word_of(type, words.map_type) == "atomic";
  if (row.shape != Shape::list) return row;
  const std::string_view list_type = word_of(type, words.list_type);
  const Node* names = type.schema->find(words.list_keys);
  if (list_type == "map" && names != nullptr && names->is_list() && names->size != 0) row.key_names = names;
  row.atomic = list_type != "set" && row.key_names == nullptr;
  return row;
}

}  // namespace

TypeRow row_of(ApiType type) {
  if (type.number == ApiType::defined_number) return row_of_definition(type);
  if (type.number == ApiType::any_number) return {};
  if (type.number == ApiType::custom_number) return {.shape = Shape::structure, .type = type};
  const Tables tables = api_schema::tables();
  const Type& declared = tables.types[type.number];
  TypeRow row{.shape = merge_shape(declared),
              .type = type,
              .atomic = declared.merging == Merging::atomic,
              .element = element_of(type)};
  if (declared.merging == Merging::keyed) row.keys = tables.keys.subspan(declared.count, declared.keys);
  return row;
}

std::optional<ApiType> declared_type(const TypeRow& row, std::string_view name) {
  return row.shape == Shape::structure ? find_field(row.type, name) : std::nullopt;
}

std::optional<ApiType> member_type(const TypeRow& row, std::string_view name) {
  if (row.shape == Shape::map) return row.element;
  const std::optional<ApiType> declared = declared_type(row, name);
  const bool is_open = row.type.number == ApiType::custom_number || row.type.is_open;
  return !declared && is_open ? std::optional(ApiType{}) : declared;
}

TypeRow row_for(ApiType type, const Node& value) {
  const TypeRow row = row_of(type);
  if (row.shape != Shape::any && row.shape != Shape::opaque) return row;
  const bool atomic = row.shape == Shape::opaque;
  if (value.is_object()) return {.shape = Shape::map, .atomic = atomic, .element = type};
  if (value.is_list()) return {.shape = Shape::list, .atomic = true, .element = type};
  return {.shape = Shape::scalar};
}

namespace {

std::string quoted(const Node& value, const SymbolTable& symbols) {
  if (!value.is_string()) return go_text(value, symbols);
  std::string text = "\"";
  append_json_escaped(text, value.as_string());
  return text += '"';
}

std::optional<std::string> text_of(Fallback fallback) {
  switch (fallback) {
    case Fallback::none: return std::nullopt;
    case Fallback::empty: return "\"\"";
    case Fallback::zero: return "0";
    case Fallback::tcp: return "\"TCP\"";
  }
  return std::nullopt;
}

// A member that tells the items of a list apart, and what it is taken to be where it is missing.
struct Key {
  std::string_view name;
  std::optional<std::string> fallback;
};

Key defined_key(const TypeRow& list, std::string_view name, const SymbolTable& symbols) {
  const auto type = list.element.number == ApiType::defined_number ? find_field(list.element, name) : std::nullopt;
  if (!type || type->number != ApiType::defined_number) return {name, {}};
  const Node* standard = type->schema->find(type->schemas->words().standard);
  return {name, standard == nullptr ? std::nullopt : std::optional(quoted(*standard, symbols))};
}

std::vector<Key> keys_of(const TypeRow& list, const SymbolTable& symbols) {
  std::vector<Key> keys;
  for (const api_schema::ListKey& key : list.keys) {
    keys.push_back({api_schema::tables().word(key.name), text_of(key.fallback)});
  }
  if (list.key_names == nullptr) return keys;
  for (const Node& name : list.key_names->as_list()) keys.push_back(defined_key(list, name.as_string(), symbols));
  return keys;
}

ItemKey key_of_map(const TypeRow& list, const Node& item, const SymbolTable& symbols) {
  if (!item.is_object()) return {{}, "associative list with keys may not have non-map elements"};
  std::vector<std::string> parts;
  std::string listed;
  for (const Key& key : keys_of(list, symbols)) {
    listed.append(listed.empty() ? "\"" : " \"").append(key.name).append("\"");
    const auto symbol = symbols.find(key.name);
    const Node* member = symbol ? item.find(*symbol) : nullptr;
    const auto value = member != nullptr ? std::optional(quoted(*member, symbols)) : key.fallback;
    if (value) parts.push_back(std::string(key.name) + '=' + *value);
  }
  if (parts.empty()) {
    return {{},
            "associative list with keys has an element that omits all key fields [" + listed +
                "] (and doesn't have default values for any key fields)"};
  }
  std::ranges::sort(parts);
  std::string text = "[";
  for (const std::string& part : parts) text.append(&part == parts.data() ? "" : ",").append(part);
  return {text += ']'};
}

ItemKey key_of_scalar(const Node& item, const SymbolTable& symbols) {
  if (item.is_object()) return {{}, "associative list without keys has an element that's a map type"};
  if (item.is_list()) return {{}, "not supported: associative list with lists as elements"};
  return {"[=" + quoted(item, symbols) + ']'};
}

// Go prints 1.0 as 1, and 1e21 with an exponent.
std::string go_double(double value) {
  std::string text = format_double_json(value);
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

std::string go_map(const Node& map, const SymbolTable& symbols) {
  std::vector<std::pair<std::string_view, const Node*>> members;
  for (std::size_t i = 0; i < map.size; ++i) {
    members.emplace_back(symbols.text(map.member_keys()[i]), &map.member_values()[i]);
  }
  std::ranges::sort(members);
  std::string text = "map[";
  for (const auto& [key, value] : members) {
    if (text.back() != '[') text += ' ';
    text.append(key).append(":").append(go_text(*value, symbols));
  }
  return text += ']';
}

}  // namespace

ItemKey key_of(const TypeRow& list, const Node& item, const SymbolTable& symbols) {
  return list.has_keys() ? key_of_map(list, item, symbols) : key_of_scalar(item, symbols);
}

std::string go_text(const Node& value, const SymbolTable& symbols) {
  switch (value.kind) {
    case Kind::null: return "NULL_VALUE";  // as expressions have it
    case Kind::boolean: return value.boolean ? "true" : "false";
    case Kind::integer: return std::to_string(value.integer);
    case Kind::floating: return go_double(value.floating);
    case Kind::string: return std::string(value.as_string());
    case Kind::object: return go_map(value, symbols);
    case Kind::list: {
      std::string text = "[";
      for (const Node& item : value.as_list()) {
        if (&item != value.items) text += ' ';
        text += go_text(item, symbols);
      }
      return text += ']';
    }
    default: return "?";
  }
}

}  // namespace kastell::kube::merge
