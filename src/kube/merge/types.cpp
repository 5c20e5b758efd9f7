#include "kube/merge/types.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"

namespace kastell::kube::merge {

using document::Kind;
using document::Node;

const TypeRow& row_of(std::uint16_t type) {
  return type_table[type];
}

const FieldRow* find_field(const TypeRow& row, std::string_view name) {
  if (row.shape != Shape::structure) return nullptr;
  const auto fields = field_table.subspan(row.first_field, row.fields);
  const auto found = std::ranges::lower_bound(fields, name, {}, &FieldRow::name);
  return found != fields.end() && found->name == name ? &*found : nullptr;
}

std::optional<std::uint16_t> member_type(const TypeRow& row, std::string_view name) {
  if (row.shape == Shape::map) return row.element;
  if (const FieldRow* field = find_field(row, name)) return field->type;
  return row.open ? std::optional(any_type) : std::nullopt;
}

TypeRow row_for(std::uint16_t type, const Node& value) {
  const TypeRow& row = row_of(type);
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

std::optional<std::string> fallback_of(const TypeRow& list, std::string_view name) {
  const FieldRow* field = find_field(row_of(list.element), name);
  switch (field == nullptr ? Fallback::none : field->fallback) {
    case Fallback::none: return std::nullopt;
    case Fallback::empty: return "\"\"";
    case Fallback::zero: return "0";
    case Fallback::tcp: return "\"TCP\"";
  }
  return std::nullopt;
}

std::vector<std::string_view> names_of(std::string_view keys) {
  std::vector<std::string_view> names;
  while (!keys.empty()) {
    const auto comma = keys.find(',');
    names.push_back(keys.substr(0, comma));
    keys = comma == std::string_view::npos ? std::string_view{} : keys.substr(comma + 1);
  }
  return names;
}

ItemKey key_of_map(const TypeRow& list, const Node& item, const SymbolTable& symbols) {
  if (!item.is_object()) return {{}, "associative list with keys may not have non-map elements"};
  std::vector<std::string> parts;
  const std::vector<std::string_view> names = names_of(list.keys);
  for (const std::string_view name : names) {
    const auto symbol = symbols.find(name);
    const Node* member = symbol ? item.find(*symbol) : nullptr;
    const auto value = member != nullptr ? std::optional(quoted(*member, symbols)) : fallback_of(list, name);
    if (value) parts.push_back(std::string(name) + '=' + *value);
  }
  if (parts.empty()) {
    std::string listed;
    for (const std::string_view name : names) listed.append(listed.empty() ? "\"" : " \"").append(name).append("\"");
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
  return list.keys.empty() ? key_of_scalar(item, symbols) : key_of_map(list, item, symbols);
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
