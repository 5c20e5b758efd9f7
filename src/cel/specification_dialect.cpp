#include "cel/environment.h"
#include "cel/libraries.h"

namespace kastell::cel {

Environment::Parts specification_dialect() {
  Environment::Parts parts;
  parts.libraries = {standard_library(),  strings_library(),  math_library(),
                     lists_library(),     sets_library(),     encoders_library(),
                     regex_library(),     bindings_library(), two_variable_comprehensions_library(),
                     optionals_library(), network_library()};
  parts.options.strict_map_literals = true;
  parts.options.strict_optional_access = true;
  parts.options.null_joins_nullable_types = true;
  return parts;
}

}  // namespace kastell::cel
