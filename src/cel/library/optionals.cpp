// Optional types (cel-go cel/library.go, optionalLib). a.?b, a[?b], or() and orValue() do not evaluate
// all their operands and are the evaluators' own.
#include <algorithm>
#include <vector>

#include "cel/libraries.h"
#include "cel/library/declare.h"
#include "cel/macros.h"
#include "cel/patch/patch_types.h"
#include "cel/time_text.h"
#include "cel/value.h"

namespace kastell::cel {
namespace {

using Arguments = std::span<const Value>;
using declare::evaluated;
using declare::function;
using declare::member;

bool is_zero(const Value& value) {
  switch (value.kind) {
    case Kind::null: return true;
    case Kind::boolean: return !value.boolean;
    case Kind::floating: return value.floating == 0;
    case Kind::string:
    case Kind::list:
    case value_kind::bytes: return value.size == 0;
    case Kind::integer:
    case value_kind::uint:
    case value_kind::duration: return value.integer == 0;
    case value_kind::timestamp: return value.integer == first_timestamp_second && value.size == 0;
    case value_kind::structure: return patch::is_object(type_name(value)) && as_structure(value).fields.empty();
    default: return is_map(value) && map_size(value) == 0;
  }
}

Value of(CallContext& context, Arguments arguments) {
  return make_optional(context.arena, arguments[0]);
}

Value of_non_zero_value(CallContext& context, Arguments arguments) {
  return is_zero(arguments[0]) ? make_none() : make_optional(context.arena, arguments[0]);
}

Value none(CallContext&, Arguments) {
  return make_none();
}

Value value(CallContext& context, Arguments arguments) {
  const Value* inside = as_optional(arguments[0]);
  return inside == nullptr ? make_error(context.arena, "optional.none() dereference") : *inside;
}

Value has_value(CallContext&, Arguments arguments) {
  return make_bool(as_optional(arguments[0]) != nullptr);
}

Value first(CallContext& context, Arguments arguments) {
  const auto items = arguments[0].as_list();
  return items.empty() ? make_none() : make_optional(context.arena, items.front());
}

Value last(CallContext& context, Arguments arguments) {
  const auto items = arguments[0].as_list();
  return items.empty() ? make_none() : make_optional(context.arena, items.back());
}

Value unwrap(CallContext& context, Arguments arguments) {
  std::vector<Value> present;
  for (const Value& item : arguments[0].as_list()) {
    if (item.kind != value_kind::optional) return make_error(context.arena, "value is not optional");
    if (const Value* inside = as_optional(item)) present.push_back(*inside);
  }
  return cel::make_list(context.arena, std::span<const Value>(present));
}

constexpr Overload evaluated_member(std::string_view name, std::string_view id, std::string_view signature) {
  Overload overload = evaluated(name, id, signature);
  overload.member = true;
  return overload;
}

// In the order of the versions that brought the functions.
constexpr Overload overloads[] = {
    function("optional.of", "optional_of", "V -> optional_type(V)", &of),
    function("optional.ofNonZeroValue", "optional_ofNonZeroValue", "V -> optional_type(V)", &of_non_zero_value),
    function("optional.none", "optional_none", "-> optional_type(V)", &none),
    member("value", "optional_value", "optional_type(V) -> V", &value),
    member("hasValue", "optional_hasValue", "optional_type(V) -> bool", &has_value),
    evaluated_member("or", "optional_or_optional", "optional_type(V), optional_type(V) -> optional_type(V)"),
    evaluated_member("orValue", "optional_orValue_value", "optional_type(V), V -> V"),
    evaluated("_?._", "select_optional_field", "dyn, string -> optional_type(V)"),
    evaluated("_[?_]", "list_optindex_optional_int", "list(V), int -> optional_type(V)"),
    evaluated("_[?_]", "optional_list_optindex_optional_int", "optional_type(list(V)), int -> optional_type(V)"),
    evaluated("_[?_]", "map_optindex_optional_value", "map(K, V), K -> optional_type(V)"),
    evaluated("_[?_]", "optional_map_optindex_optional_value", "optional_type(map(K, V)), K -> optional_type(V)"),
    evaluated("_[_]", "optional_list_index_int", "optional_type(list(V)), int -> optional_type(V)"),
    evaluated("_[_]", "optional_map_index_value", "optional_type(map(K, V)), K -> optional_type(V)"),
    // From version 2.
    member("last", "list_last", "list(V) -> optional_type(V)", &last),
    member("first", "list_first", "list(V) -> optional_type(V)", &first),
    function("optional.unwrap", "optional_unwrap", "list(optional_type(V)) -> list(V)", &unwrap),
    member("unwrapOpt", "optional_unwrapOpt", "list(optional_type(V)) -> list(V)", &unwrap),
};
constexpr std::size_t count_before_version_2 = 14;

constexpr ConstantDeclaration constants[] = {{"optional_type", "optional_type(dyn)"}};

}  // namespace

Library optionals_library(std::uint32_t version) {
  const std::span<const Overload> all = overloads;
  // The first macro is optMap; optFlatMap came with version 1.
  const std::span<const Macro> macros = optional_macros();
  return {.name = "optional",
          .version = version,
          .overloads = version < 2 ? all.first(count_before_version_2) : all,
          .macros = version < 1 ? macros.first(1) : macros,
          .constants = constants};
}

}  // namespace kastell::cel
