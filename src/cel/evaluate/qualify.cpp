#include "cel/evaluate/qualify.h"

#include <cmath>
#include <optional>
#include <string>

#include "cel/library/number_text.h"
#include "cel/patch/structure.h"

namespace kastell::cel {

namespace {

std::string format_key(const Value& key) {
  switch (key.kind) {
    case Kind::string: return std::string(key.as_string());
    case Kind::boolean: return key.boolean ? "true" : "false";
    case Kind::integer: return std::to_string(key.integer);
    case value_kind::uint: return std::to_string(as_uint(key));
    case Kind::floating: return format_double(key.floating);
    default: return std::string(type_name(key));
  }
}

Value error(CallContext& context, std::string_view before, const Value& key, std::string_view after = {}) {
  return make_error(context.arena, std::string(before).append(format_key(key)).append(after));
}

std::optional<std::int64_t> as_list_index(const Value& key) {
  if (key.kind == Kind::integer) return key.integer;
  if (key.kind == value_kind::uint && key.integer >= 0) return key.integer;
  if (key.kind == Kind::floating && key.floating == std::trunc(key.floating) && key.floating > -0x1p63 &&
      key.floating < 0x1p63) {
    return static_cast<std::int64_t>(key.floating);
  }
  return std::nullopt;
}

Value bad_list_index(CallContext& context, const Value& key) {
  if (key.kind == value_kind::uint || key.kind == Kind::floating) {
    return error(context, "unsupported index value ", key, " in list");
  }
  return make_error(context.arena, std::string("unsupported index type '").append(type_name(key)).append("' in list"));
}

// An element that fails to be computed is a problem, not an element.
Presence read_lazily(const Value& map, const Value& key) {
  const Value* element = as_lazy_map(map).find(key.as_string());
  if (element == nullptr || !is_error(*element)) return {element};
  return {nullptr, *element};
}

}  // namespace

std::string_view go_type_name(const Value& value) {
  switch (value.kind) {
    case Kind::null: return "types.Null";
    case Kind::string: return "types.String";
    case Kind::boolean: return "types.Bool";
    case Kind::integer: return "types.Int";
    case Kind::floating: return "types.Double";
    case value_kind::uint: return "types.Uint";
    case value_kind::bytes: return "types.Bytes";
    case value_kind::timestamp: return "types.Timestamp";
    case value_kind::duration: return "types.Duration";
    case value_kind::type: return "*types.Type";
    case value_kind::optional: return "*types.Optional";
    default: return type_name(value);
  }
}

bool is_qualifier(const Value& key) {
  switch (key.kind) {
    case Kind::string:
    case Kind::boolean:
    case Kind::integer:
    case Kind::floating:
    case value_kind::uint: return true;
    default: return false;
  }
}

Presence qualify_if_present(CallContext& context, const Value& value, const Value& key) {
  if (is_error(value)) return {nullptr, make_error(context.arena, as_error(value).message)};
  if (!is_qualifier(key)) {
    return {nullptr, make_error(context.arena, std::string("invalid qualifier type: ").append(type_name(key)))};
  }
  if (value.kind == value_kind::lazy_map) return read_lazily(value, key);
  if (is_map(value)) {
    const Value problem = reflected_key_problem(context, value, key);
    return is_error(problem) ? Presence{nullptr, problem} : Presence{find_key(value, key, context.symbols)};
  }
  if (value.kind == value_kind::structure && key.is_string()) {
    return patch::find_if_set(context, as_structure(value), key.as_string());
  }
  if (!value.is_list()) return {};
  const auto at = as_list_index(key);
  if (!at) return {nullptr, bad_list_index(context, key)};
  if (*at < 0 || *at >= value.size) return {};
  if (is_reflected(value) && key.kind != Kind::integer) {
    return {nullptr, make_error(context.arena, std::string("unsupported index type: ").append(go_type_name(key)))};
  }
  return {value.items + *at};
}

bool is_noticed(const Value& value) {
  return is_error(value) && !as_error(value).unnoticed;
}

Value qualify(CallContext& context, const Value& value, const Value& key) {
  if (value.kind == value_kind::structure && key.is_string()) {
    return patch::select(context, as_structure(value), key.as_string());
  }
  const Presence found = qualify_if_present(context, value, key);
  if (is_error(found.problem)) return found.problem;
  if (found.element != nullptr) return *found.element;
  return error(context, value.is_list() ? "index out of bounds: " : "no such key: ", key);
}

Presence qualify_optionally(CallContext& context, const Value& value, const Value& key, bool strict) {
  if (strict && is_qualifier(key) && !is_map(value) && !value.is_list()) {
    return {nullptr, qualify(context, value, key)};
  }
  return qualify_if_present(context, value, key);
}

Value reflected_key_problem(CallContext& context, const Value& map, const Value& key) {
  if (!is_reflected(map) || key.is_string()) return make_null();
  return make_error(context.arena, std::string("unsupported map key type: ").append(go_type_name(key)));
}

Value map_key_problem(CallContext& context, std::span<const MapEntry> earlier, const Value& key) {
  if (!is_qualifier(key) || key.kind == Kind::floating) {
    return make_error(context.arena, std::string("unsupported key type: ").append(type_name(key)));
  }
  for (const MapEntry& entry : earlier) {
    if (equal(entry.key, key, context.symbols)) return error(context, "Failed with repeated key: ", key);
  }
  return make_null();
}

}  // namespace kastell::cel
