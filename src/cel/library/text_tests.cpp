#include "cel/library/text_tests.h"

#include "base/text.h"
#include "cel/evaluate/dispatch.h"
#include "cel/library/regex.h"
#include "cel/value.h"

namespace kastell::cel::text_tests {

Value size(CallContext& context, Arguments arguments) {
  const Value& value = arguments[0];
  if (value.is_string()) return make_int(static_cast<std::int64_t>(count_code_points(as_text(value))));
  if (value.is_list() || value.kind == value_kind::bytes) return make_int(value.size);
  if (is_map(value)) return make_int(map_size(value));
  return no_such_overload_error(context.arena, "size", arguments);
}

Value contains(CallContext&, Arguments arguments) {
  return make_bool(as_text(arguments[0]).find(as_text(arguments[1])) != std::string_view::npos);
}

Value starts_with(CallContext&, Arguments arguments) {
  return make_bool(as_text(arguments[0]).starts_with(as_text(arguments[1])));
}

Value ends_with(CallContext&, Arguments arguments) {
  return make_bool(as_text(arguments[0]).ends_with(as_text(arguments[1])));
}

Value matches(CallContext& context, Arguments arguments) {
  if (!arguments[0].is_string()) return no_such_overload_error(context.arena, "matches", arguments);
  if (!arguments[1].is_string()) return make_error(context.arena, "no such overload");
  const auto regex = compile_regex(as_text(arguments[1]));
  if (!regex) return make_error(context.arena, regex.error());
  return make_bool(matches_partially(**regex, as_text(arguments[0])));
}

}  // namespace kastell::cel::text_tests
