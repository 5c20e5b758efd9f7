#include "cel/admission_variables.h"

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "cel/time_text.h"

namespace kastell::cel {
namespace {

enum class FieldKind : std::uint8_t {
  text,
  boolean,
  integer,
  time,
  text_list,
  text_map,
  text_list_map,
  object,
  object_list,
  anything,      // taken as it is
  cleared,       // always null
  cleared_text,  // always ""
};

enum class Presence : std::uint8_t {
  always,        // the zero value if it is not given
  if_not_empty,  // absent if it is the zero value
  if_given,      // absent if it is not given or null
};

struct Field {
  Symbol key;
  FieldKind kind;
  Presence presence;
  std::span<const Field> fields = {};  // object, object_list
};

using enum FieldKind;
using enum Presence;

constexpr Field group_version_kind[] = {
    {symbols::group, text, always}, {symbols::version, text, always}, {symbols::kind, text, always}};
constexpr Field group_version_resource[] = {
    {symbols::group, text, always}, {symbols::version, text, always}, {symbols::resource, text, always}};
constexpr Field user_info[] = {{symbols::username, text, if_not_empty},
                               {symbols::uid, text, if_not_empty},
                               {symbols::groups, text_list, if_not_empty},
                               {symbols::extra, text_list_map, if_not_empty}};
constexpr Field admission_request[] = {{symbols::uid, cleared_text, always},
                                       {symbols::kind, object, always, group_version_kind},
                                       {symbols::resource, object, always, group_version_resource},
                                       {symbols::subResource, text, if_not_empty},
                                       {symbols::requestKind, object, if_given, group_version_kind},
                                       {symbols::requestResource, object, if_given, group_version_resource},
                                       {symbols::requestSubResource, text, if_not_empty},
                                       {symbols::name, text, if_not_empty},
                                       {symbols::namespace_, text, if_not_empty},
                                       {symbols::operation, text, always},
                                       {symbols::userInfo, object, always, user_info},
                                       {symbols::object, cleared, always},
                                       {symbols::oldObject, cleared, always},
                                       {symbols::dryRun, boolean, if_given},
                                       {symbols::options, anything, always}};

constexpr Field namespace_metadata[] = {{symbols::name, text, if_not_empty},
                                        {symbols::generateName, text, if_not_empty},
                                        {symbols::namespace_, text, if_not_empty},
                                        {symbols::uid, text, if_not_empty},
                                        {symbols::resourceVersion, text, if_not_empty},
                                        {symbols::generation, integer, if_not_empty},
                                        {symbols::creationTimestamp, time, if_not_empty},
                                        {symbols::deletionTimestamp, time, if_given},
                                        {symbols::deletionGracePeriodSeconds, integer, if_given},
                                        {symbols::labels, text_map, if_not_empty},
                                        {symbols::annotations, text_map, if_not_empty},
                                        {symbols::finalizers, text_list, if_not_empty}};
constexpr Field namespace_spec[] = {{symbols::finalizers, text_list, if_not_empty}};
constexpr Field namespace_condition[] = {{symbols::type, text, always},
                                         {symbols::status, text, always},
                                         {symbols::lastTransitionTime, time, always},
                                         {symbols::reason, text, if_not_empty},
                                         {symbols::message, text, if_not_empty}};
constexpr Field namespace_status[] = {{symbols::phase, text, if_not_empty},
                                      {symbols::conditions, object_list, if_not_empty, namespace_condition}};
constexpr Field namespace_object[] = {{symbols::metadata, object, always, namespace_metadata},
                                      {symbols::spec, object, always, namespace_spec},
                                      {symbols::status, object, always, namespace_status}};

// Reads values into the shapes above. The tables bound its depth.
struct Converter {
  Arena& arena;
  SymbolTable& symbols;

  Result<Value> convert(const Field& field, const Value& value);
  Result<Value> convert_object(std::span<const Field> fields, const Value& value, std::string_view name);
  Result<Value> convert_list(const Field& field, const Field& item, const Value& value);
  Result<Value> convert_map(const Field& field, const Field& member, const Value& value);
  Result<Value> convert_time(const Field& field, const Value& value);
  std::string_view name_of(const Field& field) const { return symbols.text(field.key); }
  Value build(std::span<const document::Member> members, Reflection reflection) {
    return reflected(document::make_object(arena, members, false), reflection);
  }
};

constexpr Field text_item{symbols::item, text, always};
constexpr Field text_list_item{symbols::item, text_list, always};

bool is_scalar_of(FieldKind kind, const Value& value) {
  if (kind == text) return value.is_string();
  return kind == boolean ? value.kind == Kind::boolean : kind == integer && value.kind == Kind::integer;
}

Value zero_scalar(FieldKind kind) {
  if (kind == text) return make_string("");
  return kind == boolean ? make_bool(false) : make_int(0);
}

bool is_empty(const Value& value) {
  const bool sized = value.is_string() || value.is_list() || value.is_object();
  return value.is_null() || (sized && value.size == 0) || (value.kind == Kind::integer && value.integer == 0);
}

std::unexpected<Error> wrong_type(std::string_view field) {
  return failure(ErrorCode::type, "\"" + std::string(field) + "\" has a wrong type");
}

Result<Value> Converter::convert(const Field& field, const Value& value) {
  switch (field.kind) {
    case cleared: return make_null();
    case cleared_text: return make_string("");
    case anything: return value;
    case object: return convert_object(field.fields, value, name_of(field));
    case object_list: return convert_list(field, {field.key, object, always, field.fields}, value);
    case text_list: return convert_list(field, text_item, value);
    case text_map: return convert_map(field, text_item, value);
    case text_list_map: return convert_map(field, text_list_item, value);
    case time: return convert_time(field, value);
    case text:
    case boolean:
    case integer: break;
  }
  if (value.is_null()) return zero_scalar(field.kind);
  if (is_scalar_of(field.kind, value)) return value;
  return wrong_type(name_of(field));
}

Result<Value> Converter::convert_object(std::span<const Field> fields, const Value& value, std::string_view name) {
  if (!value.is_null() && !value.is_object()) return wrong_type(name);
  auto* const members = arena.allocate_array<document::Member>(fields.size());
  std::size_t size = 0;
  for (const Field& field : fields) {
    const Value* given = value.find(field.key);
    if (field.presence == if_given && (given == nullptr || given->is_null())) continue;
    auto converted = convert(field, given == nullptr ? make_null() : *given);
    if (!converted) return converted;
    if (field.presence != if_not_empty || !is_empty(*converted)) members[size++] = {field.key, *converted};
  }
  return build({members, size}, Reflection::structure);
}

Result<Value> Converter::convert_list(const Field& field, const Field& item, const Value& value) {
  if (!value.is_null() && !value.is_list()) return wrong_type(name_of(field));
  auto* const items = arena.allocate_array<Value>(value.as_list().size());
  std::size_t size = 0;
  for (const Value& given : value.as_list()) {
    auto converted = convert(item, given);
    if (!converted) return converted;
    items[size++] = *converted;
  }
  return reflected(cel::make_list(arena, {items, size}), Reflection::collection);
}

Result<Value> Converter::convert_map(const Field& field, const Field& member, const Value& value) {
  if (!value.is_null() && !value.is_object()) return wrong_type(name_of(field));
  const std::size_t size = value.member_keys().size();
  auto* const members = arena.allocate_array<document::Member>(size);
  for (std::size_t i = 0; i < size; ++i) {
    auto converted = convert(member, value.member_values()[i]);
    if (!converted) return converted;
    members[i] = {value.member_keys()[i], *converted};
  }
  return build({members, size}, Reflection::collection);
}

// Times are shown as text, in UTC and whole seconds.
Result<Value> Converter::convert_time(const Field& field, const Value& value) {
  if (value.is_null()) return value;
  const auto timestamp = parse_timestamp(value.as_string());
  if (!timestamp) return wrong_type(name_of(field));
  return make_string(arena.copy(format_timestamp({.seconds = timestamp->seconds})));
}

// Whether Go prints the number without point and exponent, so that it comes back as an integer.
bool becomes_integer(const Value& value) {
  constexpr double limit = 9223372036854775808.0;  // 2^63
  return value.kind == Kind::floating && value.floating >= -limit && value.floating < limit &&
         std::trunc(value.floating) == value.floating;
}

Value with_whole_doubles_as_integers(Arena& arena, const Value& value) {
  if (becomes_integer(value)) return make_int(static_cast<std::int64_t>(value.floating));
  if (!value.is_list() && !value.is_object()) return value;
  std::vector<Value> inner;
  for (const Value& item : value.is_list() ? value.as_list() : value.member_values())
    inner.push_back(with_whole_doubles_as_integers(arena, item));
  if (value.is_list()) return cel::make_list(arena, inner);
  std::vector<document::Member> members;
  for (std::size_t i = 0; i < inner.size(); ++i) members.push_back({value.member_keys()[i], inner[i]});
  return document::make_object(arena, members, false);
}

}  // namespace

Value make_params(Arena& arena, const Value& params) {
  return params.is_object() ? with_whole_doubles_as_integers(arena, params) : params;
}

Result<Value> make_request(Arena& arena, SymbolTable& symbols, const Value& request) {
  return Converter{arena, symbols}.convert_object(admission_request, request, "request");
}

Result<Value> make_namespace_object(Arena& arena, SymbolTable& symbols, const Value& name_space) {
  return Converter{arena, symbols}.convert_object(namespace_object, name_space, "namespaceObject");
}

}  // namespace kastell::cel
