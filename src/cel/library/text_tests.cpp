#include "cel/library/text_tests.h"

#include "base/text.h"
#include "cel/library/regex.h"
#include "cel/value.h"

namespace kastell::cel::text_tests {

Value size_of_string(CallContext&, Arguments arguments) {
  return make_int(static_cast<std::int64_t>(count_code_points(as_text(arguments[0]))));
}

Value size_of_sequence(CallContext&, Arguments arguments) {
  return make_int(arguments[0].size);
}

Value size_of_map(CallContext&, Arguments arguments) {
  return make_int(map_size(arguments[0]));
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
  const auto regex = compile_regex(as_text(arguments[1]));
  if (!regex) return make_error(context.arena, regex.error());
  return make_bool(matches_partially(**regex, as_text(arguments[0])));
}

}  // namespace kastell::cel::text_tests
