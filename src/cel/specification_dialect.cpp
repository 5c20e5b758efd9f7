#include "cel/environment.h"
#include "cel/libraries.h"
#include "cel/library/declare.h"
#include "cel/library/time_parts.h"

namespace kastell::cel {

namespace {

// Where the specification and cel-go do not mean the same. The first declaration of an overload counts.
constexpr Overload as_specified[] = {
    declare::member("getMilliseconds", "duration_to_milliseconds", "google.protobuf.Duration -> int",
                    &time_parts::duration_milliseconds_part),
};

}  // namespace

Environment::Parts specification_dialect() {
  Environment::Parts parts;
  parts.libraries = {{.name = "specification", .overloads = as_specified},
                     standard_library(),
                     strings_library(),
                     math_library(),
                     lists_library(),
                     sets_library(),
                     encoders_library(),
                     regex_library(),
                     bindings_library(),
                     two_variable_comprehensions_library(),
                     optionals_library(),
                     network_library()};
  parts.options.strict_map_literals = true;
  parts.options.strict_optional_access = true;
  parts.options.null_joins_nullable_types = true;
  return parts;
}

}  // namespace kastell::cel
