// A value in the VALUE form of cel/batch.h.
#include <cmath>

#include "base/base64.h"
#include "base/text.h"
#include "cel/batch.h"
#include "cel/batch/json_text.h"
#include "cel/library/kubernetes_values.h"
#include "cel/time_text.h"
#include "cel/type.h"

namespace kastell::cel {
namespace {

constexpr unsigned depth_limit = 2000;  // no value of an expression is deeper; keeps the stack bounded

// {"$tag":"text"}
void append_tagged(std::string& out, std::string_view tag, std::string_view text) {
  out.append("{\"$").append(tag).append("\":");
  append_json_text(out, text);
  out += '}';
}

std::string_view name_of_infinity(double value) {
  return value > 0 ? "Infinity" : "-Infinity";
}

void append_double(std::string& out, double value) {
  if (std::isfinite(value))
    out += format_double_json(value);
  else
    append_tagged(out, "double", std::isnan(value) ? "NaN" : name_of_infinity(value));
}

// "list" of list(int): what a type value shows.
std::string name_of_type(const Type& type) {
  const std::string text = to_string(type);
  return text.substr(0, text.find('('));
}

struct Writer {
  std::string& out;
  const SymbolTable& symbols;
  unsigned depth = 0;

  void write(const Value& value);
  bool write_document_kind(const Value& value);
  void write_foreign_kind(const Value& value);
  void write_list(std::span<const Value> items);
  void write_map(const Value& map);
  void write_pairs(const Value& map);
  void write_optional(const Value& value);
  void write_opaque(const Value& value);
  void write_structure(const StructureValue& structure);
  bool is_plain(const Value& map) const;
};

void Writer::write_list(std::span<const Value> items) {
  out += '[';
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += ',';
    write(items[i]);
  }
  out += ']';
}

// Can it be a JSON object without being taken for a tagged value?
bool Writer::is_plain(const Value& map) const {
  const std::uint32_t size = map_size(map);
  for (std::uint32_t i = 0; i < size; ++i)
    if (!map_key(map, i, symbols).is_string()) return false;
  return size != 1 || !as_text(map_key(map, 0, symbols)).starts_with('$');
}

void Writer::write_pairs(const Value& map) {
  out += "{\"$map\":[";
  for (std::uint32_t i = 0; i < map_size(map); ++i) {
    if (i > 0) out += ',';
    const Value pair[] = {map_key(map, i, symbols), map_value(map, i)};
    write_list(pair);
  }
  out += "]}";
}

void Writer::write_map(const Value& map) {
  if (!is_plain(map)) return write_pairs(map);
  out += '{';
  for (std::uint32_t i = 0; i < map_size(map); ++i) {
    if (i > 0) out += ',';
    append_json_text(out, as_text(map_key(map, i, symbols)));
    out += ':';
    write(map_value(map, i));
  }
  out += '}';
}

void Writer::write_optional(const Value& value) {
  out += "{\"$optional\":[";
  if (const Value* inside = as_optional(value)) write(*inside);
  out += "]}";
}

void Writer::write_opaque(const Value& value) {
  const auto* kind = static_cast<const OpaqueValue*>(value.pointer)->kind;
  if (kind == &ip_kind)
    append_tagged(out, "ip", to_string(as_opaque<IpValue>(value, ip_kind)->address));
  else if (kind == &cidr_kind)
    append_tagged(out, "cidr", to_string(as_opaque<CidrValue>(value, cidr_kind)->prefix));
  else if (kind == &quantity_kind)
    append_tagged(out, "quantity", to_string(*as_opaque<QuantityValue>(value, quantity_kind)));
  else if (kind == &semver_kind)
    append_tagged(out, "semver", to_string(as_opaque<SemverValue>(value, semver_kind)->version));
  else if (kind == &url_kind)
    append_tagged(out, "url", as_opaque<UrlValue>(value, url_kind)->text);
  else if (kind == &format_kind)
    append_tagged(out, "format", name_of(*as_opaque<NamedFormatValue>(value, format_kind)));
  else
    append_tagged(out, "opaque", kind->type_name);
}

void Writer::write_structure(const StructureValue& structure) {
  out += "{\"$structure\":[";
  append_json_text(out, structure.type->name);
  out += ",{";
  for (const StructureField& field : structure.fields) {
    if (&field != structure.fields.data()) out += ',';
    append_json_text(out, field.name);
    out += ':';
    write(field.value);
  }
  out += "}]}";
}

// The kinds that documents have; false for any other.
bool Writer::write_document_kind(const Value& value) {
  switch (value.kind) {
    case Kind::null: out += "null"; return true;
    case Kind::boolean: out += value.boolean ? "true" : "false"; return true;
    case Kind::integer: out += std::to_string(value.integer); return true;
    case Kind::floating: append_double(out, value.floating); return true;
    case Kind::string: append_json_text(out, as_text(value)); return true;
    case Kind::list: write_list(value.as_list()); return true;
    case Kind::object: write_map(value); return true;
    default: return false;
  }
}

void Writer::write_foreign_kind(const Value& value) {
  if (value.kind == value_kind::uint)
    append_tagged(out, "uint", std::to_string(as_uint(value)));
  else if (value.kind == value_kind::bytes)
    append_tagged(out, "bytes", encode_base64(as_text(value)));
  else if (value.kind == value_kind::timestamp)
    append_tagged(out, "timestamp", format_timestamp({.seconds = value.integer, .nanoseconds = value.size}));
  else if (value.kind == value_kind::duration)
    append_tagged(out, "duration", format_duration(value.integer));
  else if (value.kind == value_kind::type)
    append_tagged(out, "type", name_of_type(as_type(value)));
  else if (value.kind == value_kind::optional)
    write_optional(value);
  else if (value.kind == value_kind::map)
    write_map(value);
  else if (value.kind == value_kind::opaque)
    write_opaque(value);
  else if (value.kind == value_kind::structure)
    write_structure(as_structure(value));
  else
    append_tagged(out, "error", as_error(value).message);
}

void Writer::write(const Value& value) {
  if (++depth > depth_limit)
    append_tagged(out, "error", "the value is nested deeper than the limit depth");
  else if (!write_document_kind(value))
    write_foreign_kind(value);
  --depth;
}

}  // namespace

void append_value_json(std::string& out, const Value& value, const SymbolTable& symbols) {
  Writer{.out = out, .symbols = symbols}.write(value);
}

}  // namespace kastell::cel
