#include "custom/rules/types.h"

#include <cmath>

#include "base/base64.h"
#include "cel/text_rules.h"
#include "cel/time_text.h"
#include "custom/rules/names.h"

namespace kastell::custom {

using document::Kind;
using document::Member;
using document::Node;

namespace {

// What of a resource expressions always reach, whatever its schema says.
constexpr std::string_view metadata_type = "resource.metadata";

std::string_view text_of(const Node& schema, Symbol keyword) {
  const Node* value = schema.find(keyword);
  return value == nullptr ? std::string_view{} : value->as_string();
}

std::string type_of_format(std::string_view format) {
  if (format == "byte") return "bytes";
  if (format == "duration") return "duration";
  return format == "date" || format == "date-time" ? "timestamp" : "string";
}

const Node* values_of_map(const Node& schema, const Keywords& words) {
  const Node* others = schema.find(words.additional_properties);
  return others != nullptr && others->is_object() ? others : nullptr;
}

}  // namespace

std::optional<std::string> TypeWriter::text(const Node& schema, bool is_resource) {
  if (++count_ > most_types || !schema.is_object()) return std::nullopt;
  if (is_true(schema, words_.int_or_string)) return "dyn";
  const std::string_view type = text_of(schema, words_.type);
  if (type == "object") {
    auto& known = known_[is_resource ? 1 : 0];
    if (const auto at = known.find(&schema); at != known.end()) return at->second;
    return known[&schema] = declare(schema, is_resource);
  }
  if (type == "array") return list_of(schema);
  if (type == "string") return type_of_format(text_of(schema, words_.format));
  if (type == "boolean") return "bool";
  if (type == "number") return "double";
  return type == "integer" ? std::optional<std::string>("int") : std::nullopt;
}

std::optional<std::string> TypeWriter::list_of(const Node& schema) {
  const Node* items = schema.find(words_.items);
  if (items == nullptr) return std::nullopt;
  const auto inner = text(*items, is_true(*items, words_.embedded_resource));
  return inner ? std::optional("list(" + *inner + ")") : std::nullopt;
}

std::optional<std::string> TypeWriter::declare(const Node& schema, bool is_resource) {
  if (const Node* values = values_of_map(schema, words_)) {
    const auto inner = text(*values, is_true(*values, words_.embedded_resource));
    return inner ? std::optional("map(string, " + *inner + ")") : std::nullopt;
  }
  std::string name = "resource.type" + std::to_string(objects_.size());
  objects_[name] = {};
  std::map<std::string, std::string> fields;
  const Node* properties = schema.find(words_.properties);
  for (std::uint32_t i = 0; properties != nullptr && properties->is_object() && i < properties->size; ++i) {
    const Node& property = properties->items[i];
    const auto escaped = escape_name(symbols_.text(properties->member_keys()[i]));
    const auto type = text(property, is_true(property, words_.embedded_resource));
    if (escaped && type) fields[*escaped] = *type;
  }
  if (is_resource) {
    objects_[std::string(metadata_type)] = {{"name", "string"}, {"generateName", "string"}};
    fields["apiVersion"] = fields["kind"] = "string";
    fields["metadata"] = metadata_type;
  }
  objects_[name] = std::move(fields);
  return name;
}

std::optional<Symbol> ValueWriter::escaped(Symbol name) {
  const auto [at, is_new] = escaped_.emplace(static_cast<std::uint32_t>(name), std::nullopt);
  if (is_new) {
    if (const auto text = escape_name(symbols_.text(name))) at->second = symbols_.intern(*text);
  }
  return at->second;
}

cel::Value ValueWriter::value(const Node& value, const Node& schema, bool is_resource) {
  if (!steps_.spend(1) || value.is_null() || is_true(schema, words_.int_or_string)) return value;
  const std::string_view type = text_of(schema, words_.type);
  switch (value.kind) {
    case Kind::object: {
      const Node* values = values_of_map(schema, words_);
      return values != nullptr ? map(value, *values) : object(value, schema, is_resource);
    }
    case Kind::list: {
      const Node* items = schema.find(words_.items);
      return items == nullptr ? value : list(value, schema, *items);
    }
    case Kind::string: return text(value, text_of(schema, words_.format));
    case Kind::integer: return type == "number" ? cel::make_double(static_cast<double>(value.integer)) : value;
    case Kind::floating: return type == "integer" ? cel::make_int(static_cast<std::int64_t>(value.floating)) : value;
    default: return value;
  }
}

cel::Value ValueWriter::object(const Node& value, const Node& schema, bool is_resource) {
  const Node* properties = schema.find(words_.properties);
  std::vector<Member> members;
  for (std::uint32_t i = 0; i < value.size; ++i) {
    const Symbol key = value.member_keys()[i];
    const Node* property = properties == nullptr ? nullptr : properties->find(key);
    if (is_resource && key == symbols::metadata) {
      members.push_back({key, metadata(value.items[i])});
    } else if (is_resource && (key == symbols::apiVersion || key == symbols::kind)) {
      members.push_back({key, value.items[i]});
    } else if (const auto name = property == nullptr ? std::nullopt : escaped(key)) {
      members.push_back({*name, this->value(value.items[i], *property, is_true(*property, words_.embedded_resource))});
    }
  }
  return make_object(arena_, members, false);
}

cel::Value ValueWriter::metadata(const Node& value) {
  std::vector<Member> members;
  for (const Symbol key : {symbols::name, symbols_.intern("generateName")}) {
    const Node* text = value.find(key);
    if (text != nullptr) members.push_back({key, *text});
  }
  return make_object(arena_, members, false);
}

cel::Value ValueWriter::map(const Node& value, const Node& schema) {
  std::vector<Member> members;
  const bool is_resource = is_true(schema, words_.embedded_resource);
  for (std::uint32_t i = 0; i < value.size; ++i) {
    members.push_back({value.member_keys()[i], this->value(value.items[i], schema, is_resource)});
  }
  return make_object(arena_, members, false);
}

cel::Value ValueWriter::list(const Node& value, const Node& schema, const Node& items) {
  std::vector<Node> made;
  const bool is_resource = is_true(items, words_.embedded_resource);
  for (const Node& item : value.as_list()) made.push_back(this->value(item, items, is_resource));
  return cel::make_list(arena_, made, lists_.of(schema));
}

// A text that is not of its format is told elsewhere; where an expression reads it, that is an error.
cel::Value ValueWriter::text(const Node& value, std::string_view format) {
  const std::string type = type_of_format(format);
  const std::string_view text = value.as_string();
  if (type == "string") return value;
  if (type == "bytes") {
    const auto bytes = decode_base64(text);
    if (bytes) return cel::make_bytes(arena_.copy(*bytes));
  } else if (type == "duration") {
    if (const auto nanoseconds = cel::parse_format_duration(text)) return cel::make_duration(*nanoseconds);
  } else {
    const auto time = parse_timestamp(format == "date" ? std::string(text) + "T00:00:00Z" : std::string(text));
    if (time) return cel::make_timestamp(time->seconds, time->nanoseconds);
  }
  return cel::make_error(arena_, "a text is not of the format " + std::string(format));
}

}  // namespace kastell::custom
