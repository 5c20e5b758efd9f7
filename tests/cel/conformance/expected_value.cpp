#include "cel/conformance/expected_value.h"

#include <cmath>
#include <cstdlib>
#include <map>
#include <vector>

#include "cel/library/number_text.h"
#include "cel/library/string_format.h"
#include "cel/type.h"
#include "cel/well_known/messages.h"

namespace kastell::cel::conformance {
namespace {

std::int64_t as_integer(std::string_view text) {
  return std::strtoll(std::string(text).c_str(), nullptr, 0);
}

std::uint64_t as_unsigned(std::string_view text) {
  return std::strtoull(std::string(text).c_str(), nullptr, 0);
}

// The text format also writes "1.5f", "inf", "nan", "-nan".
double as_double(std::string text) {
  return std::strtod(text.c_str(), nullptr);
}

std::optional<Value> read_list(Arena& arena, const Field& list) {
  std::vector<Value> items;
  for (const Field* field : list.all("values")) {
    const auto item = read_value(arena, *field);
    if (!item) return std::nullopt;
    items.push_back(*item);
  }
  return cel::make_list(arena, std::span<const Value>(items));
}

std::optional<Value> read_map(Arena& arena, const Field& map) {
  std::vector<MapEntry> entries;
  for (const Field* field : map.all("entries")) {
    const Field* key = field->find("key");
    const Field* inside = field->find("value");
    const auto key_value = key == nullptr ? std::nullopt : read_value(arena, *key);
    const auto value = inside == nullptr ? std::nullopt : read_value(arena, *inside);
    if (!key_value || !value) return std::nullopt;
    entries.push_back({*key_value, *value});
  }
  return make_map(arena, entries);
}

std::optional<Value> read_json_value(Arena& arena, const Field& value);

std::optional<Value> read_json_list(Arena& arena, const Field& list) {
  std::vector<Value> items;
  for (const Field* field : list.all("values")) {
    const auto item = read_json_value(arena, *field);
    if (!item) return std::nullopt;
    items.push_back(*item);
  }
  return cel::make_list(arena, std::span<const Value>(items));
}

std::optional<Value> read_json_object(Arena& arena, const Field& object) {
  std::vector<MapEntry> entries;
  for (const Field* field : object.all("fields")) {
    const Field* inside = field->find("value");
    const auto value = inside == nullptr ? std::optional(make_null()) : read_json_value(arena, *inside);
    if (!value) return std::nullopt;
    entries.push_back({make_string(arena.copy(field->text("key"))), *value});
  }
  return make_map(arena, entries);
}

// google.protobuf.Value
std::optional<Value> read_json_value(Arena& arena, const Field& value) {
  if (value.fields.empty()) return make_null();
  const Field& kind = value.fields[0];
  if (kind.name == "null_value") return make_null();
  if (kind.name == "number_value") return make_double(as_double(kind.scalar));
  if (kind.name == "string_value") return make_string(arena.copy(kind.scalar));
  if (kind.name == "bool_value") return make_bool(kind.scalar == "true");
  if (kind.name == "struct_value") return read_json_object(arena, kind);
  if (kind.name == "list_value") return read_json_list(arena, kind);
  return std::nullopt;
}

// The well-known messages that CEL takes as values of its own.
std::optional<Value> read_message(Arena& arena, const Field& any) {
  if (any.fields.size() != 1 || !any.fields[0].name.starts_with("[type.googleapis.com/google.protobuf.")) {
    return std::nullopt;
  }
  const Field& message = any.fields[0];
  const std::string name = message.name.substr(37, message.name.size() - 38);
  const std::string_view value = message.text("value");
  if (name == "Duration") {
    return make_duration(as_integer(message.text("seconds")) * 1'000'000'000 + as_integer(message.text("nanos")));
  }
  if (name == "Timestamp") {
    return make_timestamp(as_integer(message.text("seconds")),
                          static_cast<std::uint32_t>(as_integer(message.text("nanos"))));
  }
  if (name == "Int32Value" || name == "Int64Value") return make_int(as_integer(value));
  if (name == "UInt32Value" || name == "UInt64Value") return make_uint(as_unsigned(value));
  if (name == "FloatValue" || name == "DoubleValue") return make_double(as_double(std::string(value)));
  if (name == "BoolValue") return make_bool(value == "true");
  if (name == "StringValue") return make_string(arena.copy(value));
  if (name == "BytesValue") return make_bytes(arena.copy(value));
  if (name == "Struct") return read_json_object(arena, message);
  if (name == "ListValue") return read_json_list(arena, message);
  if (name == "Value") return read_json_value(arena, message);
  return std::nullopt;
}

bool is_same_map(const Value& a, const Value& b, const SymbolTable& symbols) {
  if (map_size(a) != map_size(b)) return false;
  for (std::uint32_t i = 0; i < map_size(a); ++i) {
    bool found = false;
    for (std::uint32_t j = 0; j < map_size(b) && !found; ++j) {
      found = is_same_value(map_key(a, i, symbols), map_key(b, j, symbols), symbols) &&
              is_same_value(map_value(a, i), map_value(b, j), symbols);
    }
    if (!found) return false;
  }
  return true;
}

bool is_same_list(const Value& a, const Value& b, const SymbolTable& symbols) {
  if (a.size != b.size) return false;
  for (std::uint32_t i = 0; i < a.size; ++i) {
    if (!is_same_value(a.items[i], b.items[i], symbols)) return false;
  }
  return true;
}

constexpr std::pair<std::string_view, std::string_view> primitive_names[] = {{"BOOL", "bool"},     {"INT64", "int"},
                                                                             {"UINT64", "uint"},   {"DOUBLE", "double"},
                                                                             {"STRING", "string"}, {"BYTES", "bytes"}};

std::optional<std::string> read_primitive(std::string_view name) {
  for (const auto& [primitive, notation] : primitive_names) {
    if (primitive == name) return std::string(notation);
  }
  return std::nullopt;
}

std::optional<std::string> read_inner_type(const Field& type, std::string_view field) {
  const Field* inner = type.find(field);
  return inner == nullptr ? std::optional<std::string>("dyn") : read_type(*inner);
}

std::optional<std::string> read_abstract_type(const Field& type) {
  std::string text(type.text("name"));
  std::string separator = "(";
  for (const Field* parameter : type.all("parameter_types")) {
    const auto inner = read_type(*parameter);
    if (!inner) return std::nullopt;
    text += separator + *inner;
    separator = ", ";
  }
  return separator == "(" ? text : text + ")";
}

}  // namespace

std::optional<Value> read_value(Arena& arena, const Field& value) {
  if (value.fields.size() != 1) return std::nullopt;
  const Field& kind = value.fields[0];
  if (kind.name == "null_value") return make_null();
  if (kind.name == "bool_value") return make_bool(kind.scalar == "true");
  if (kind.name == "int64_value") return make_int(as_integer(kind.scalar));
  if (kind.name == "uint64_value") return make_uint(as_unsigned(kind.scalar));
  if (kind.name == "double_value") return make_double(as_double(kind.scalar));
  if (kind.name == "string_value") return make_string(arena.copy(kind.scalar));
  if (kind.name == "bytes_value") return make_bytes(arena.copy(kind.scalar));
  if (kind.name == "list_value") return read_list(arena, kind);
  if (kind.name == "map_value") return read_map(arena, kind);
  if (kind.name == "object_value") return read_message(arena, kind);
  if (kind.name == "type_value") {
    const auto type = parse_type(arena, kind.scalar);
    return type ? std::optional(make_type(**type)) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::string> read_type(const Field& type) {
  if (type.fields.size() != 1) return std::nullopt;
  const Field& kind = type.fields[0];
  if (kind.name == "primitive") return read_primitive(kind.scalar);
  if (kind.name == "null") return "null_type";
  if (kind.name == "dyn") return "dyn";
  if (kind.name == "type_param") return kind.scalar;
  if (kind.name == "well_known" && kind.scalar == "TIMESTAMP") return "google.protobuf.Timestamp";
  if (kind.name == "well_known" && kind.scalar == "DURATION") return "google.protobuf.Duration";
  if (kind.name == "wrapper") {
    const auto primitive = read_primitive(kind.scalar);
    return primitive ? std::optional("wrapper(" + *primitive + ")") : std::nullopt;
  }
  if (kind.name == "message_type") {
    const WellKnownMessage* message = find_well_known_message(kind.scalar);
    return message == nullptr ? std::nullopt : std::optional(to_string(*message->type));
  }
  if (kind.name == "abstract_type") return read_abstract_type(kind);
  if (kind.name == "list_type") {
    const auto element = read_inner_type(kind, "elem_type");
    return element ? std::optional("list(" + *element + ")") : std::nullopt;
  }
  if (kind.name == "map_type") {
    const auto key = read_inner_type(kind, "key_type");
    const auto value = read_inner_type(kind, "value_type");
    return key && value ? std::optional("map(" + *key + ", " + *value + ")") : std::nullopt;
  }
  if (kind.name == "type") {
    const auto inner = read_type(kind);
    return inner ? std::optional("type(" + *inner + ")") : std::nullopt;
  }
  return std::nullopt;
}

bool is_same_value(const Value& a, const Value& b, const SymbolTable& symbols) {
  if (is_map(a) && is_map(b)) return is_same_map(a, b, symbols);
  if (a.kind != b.kind) return false;
  if (a.is_list()) return is_same_list(a, b, symbols);
  if (a.kind == Kind::floating && std::isnan(a.floating)) return std::isnan(b.floating);
  return equal(a, b, symbols);
}

std::string show(const Value& value, const SymbolTable& symbols) {
  if (is_error(value)) return "error: " + std::string(as_error(value).message);
  if (value.kind == value_kind::optional && as_optional(value) != nullptr) {
    return "optional of " + show(*as_optional(value), symbols);
  }
  const FormatText text = format_specified_value({'s', {}}, value, symbols);
  return std::string(type_name(value)) + " " + text.value_or("");
}

}  // namespace kastell::cel::conformance
