#include <string>
#include <vector>

#include "base/base64.h"
#include "cel/library/opaque_text.h"
#include "cel/library/timestamp_value.h"
#include "cel/patch/patch_types.h"
#include "cel/patch/structure.h"
#include "cel/well_known/construct.h"

namespace kastell::cel {

namespace {

constexpr unsigned depth_limit = 1000;
constexpr std::string_view no_json_form = "unable to convert to google.protobuf.Value";
constexpr std::int64_t largest_exact = (std::int64_t{1} << 53) - 1;  // in a double, with all smaller ones

class JsonForm {
 public:
  explicit JsonForm(CallContext& context) : context_(context) {}

  Value of(const Value& value, unsigned depth) {
    if (depth > depth_limit) return fail("a value is nested too deeply for JSON: more than 1000 levels");
    switch (value.kind) {
      case Kind::null:
      case Kind::boolean:
      case Kind::floating:
      case Kind::string: return value;
      case Kind::integer: return of_int(value.integer);
      case value_kind::uint: return of_uint(as_uint(value));
      case value_kind::bytes: return text(encode_base64(as_text(value)));
      case value_kind::timestamp: return text(format_timestamp(as_timestamp(value)));
      case value_kind::duration: return text(format_duration_seconds(value.integer));
      case Kind::list: return of_list(value, depth);
      case Kind::object:
        // A Go struct in the API server, which has no such form there.
        if (value.aux == static_cast<std::uint16_t>(Reflection::structure)) return fail(no_json_form);
        [[fallthrough]];
      case value_kind::map: return of_map(value, depth);
      case value_kind::structure:
        if (patch::is_object(type_name(value))) return of(patch::plain_form(context_, value), depth + 1);
        return fail(no_json_form);
      case value_kind::optional:
        if (as_optional(value) != nullptr) return of(*as_optional(value), depth + 1);
        [[fallthrough]];
      default: return fail("type conversion not supported for '" + std::string(type_name(value)) + "'");
    }
  }

 private:
  Value fail(std::string_view message) { return make_error(context_.arena, message); }
  Value text(const std::string& shown) { return make_string(context_.arena.copy(shown)); }

  Value of_int(std::int64_t number) {
    const bool is_exact = number >= -largest_exact && number <= largest_exact;
    return is_exact ? make_double(static_cast<double>(number)) : text(std::to_string(number));
  }

  Value of_uint(std::uint64_t number) {
    return number <= static_cast<std::uint64_t>(largest_exact) ? make_double(static_cast<double>(number))
                                                               : text(std::to_string(number));
  }

  Value of_list(const Value& list, unsigned depth) {
    std::vector<Value> items;
    for (const Value& item : list.as_list()) {
      items.push_back(of(item, depth + 1));
      if (is_error(items.back())) return items.back();
    }
    return cel::make_list(context_.arena, std::span<const Value>(items));
  }

  Value of_map(const Value& map, unsigned depth) {
    std::vector<MapEntry> entries;
    for (std::uint32_t i = 0; i < map_size(map); ++i) {
      Value key = map_key(map, i, context_.symbols);
      if (const auto shown = opaque_text(key)) key = text(*shown);
      if (!key.is_string()) {
        return fail("unsupported type conversion from '" + std::string(type_name(key)) + "' to string");
      }
      entries.push_back({key, of(map_value(map, i), depth + 1)});
      if (is_error(entries.back().value)) return entries.back().value;
    }
    return make_map(context_.arena, entries);
  }

  CallContext& context_;
};

}  // namespace

Value json_form(CallContext& context, const Value& value) {
  return JsonForm(context).of(value, 0);
}

}  // namespace kastell::cel
