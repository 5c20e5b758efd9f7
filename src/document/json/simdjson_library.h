// libsimdjson, loaded when there is enough JSON to read.
//
// Linked, it would bring libstdc++ as a shared library into every start, half a millisecond before main() of a program
// that is mostly given YAML: docs/decisions/007-cold-start.md.
#pragma once

#include <simdjson.h>

#include <cstddef>

namespace kastell::document::json {

// The implementation for this processor; null if the library is not there. Thread-safe.
const simdjson::implementation* simdjson_implementation();

// Whether a text of that many bytes should be read with it. To load the library takes as long as to read some hundred
// kilobytes byte by byte; so the first few texts are read that way, if they are small. Thread-safe.
bool is_worth_simdjson(std::size_t bytes);

}  // namespace kastell::document::json
