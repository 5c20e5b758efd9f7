// libsimdjson, loaded when the first JSON text is read.
//
// Linked, it would bring libstdc++ as a shared library into every start, half a millisecond before main() of a program
// that is mostly given YAML: docs/decisions/007-cold-start.md.
#pragma once

#include <simdjson.h>

namespace kastell::document::json {

// The implementation for this processor; null if the library is not there. Thread-safe.
const simdjson::implementation* simdjson_implementation();

}  // namespace kastell::document::json
