// The libraries of CEL: the standard one and the extensions that the specification's conformance suite
// and Kubernetes use.
//
// Each function returns a constant table, restricted to what `version` of the library has (cel-go
// counts versions per library: ext/*.go). Dialects put them together, see cel/environment.h.
#pragma once

#include <cstdint>

#include "cel/function.h"

namespace kastell::cel {

inline constexpr std::uint32_t newest_version = ~std::uint32_t{0};

// Operators, conversions, size, string tests, parts of timestamps; the standard macros.
Library standard_library();

}  // namespace kastell::cel
