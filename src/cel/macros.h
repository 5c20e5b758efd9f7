// The macros of CEL and its extensions, as tables for Library::macros.
//
// Expansions have the very structure of cel-go's, since the cost of an expression depends on it.
#pragma once

#include <span>

#include "cel/function.h"

namespace kastell::cel {

// has, all, exists, exists_one, map, filter: what cel-go and with it Kubernetes offer.
std::span<const Macro> standard_macros();

// The two-variable forms: all, exists, existsOne, transformList, transformMap,
// transformMapEntry. Their expansions call cel.@mapInsert.
std::span<const Macro> two_variable_macros();

// optMap and optFlatMap. Their expansions call optional.of, optional.none, hasValue and value.
std::span<const Macro> optional_macros();

// cel.bind.
std::span<const Macro> bindings_macros();

// math.greatest and math.least, as calls of math.@max and math.@min.
std::span<const Macro> math_macros();

// sortBy. Its expansion calls @sortByAssociatedKeys.
std::span<const Macro> lists_macros();

}  // namespace kastell::cel
