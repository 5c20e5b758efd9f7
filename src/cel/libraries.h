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

// charAt, indexOf, lastIndexOf, lowerAscii, upperAscii, replace, split, substring, trim, join; 1: format,
// strings.quote; 3: reverse; 4: format as specified.
Library strings_library(std::uint32_t version = newest_version);

// math.greatest, math.least; 1: rounding, tests, abs, sign, bits; 2: sqrt.
Library math_library(std::uint32_t version = newest_version);

// slice; 1: flatten; 2: sort, sortBy, lists.range, reverse, distinct.
Library lists_library(std::uint32_t version = newest_version);

// sets.contains, sets.equivalent, sets.intersects.
Library sets_library();

// base64.encode, base64.decode.
Library encoders_library();

// regex.extract, regex.extractAll, regex.replace.
Library regex_library();

// cel.bind.
Library bindings_library();

// all, exists, existsOne, transformList, transformMap, transformMapEntry with two variables.
Library two_variable_comprehensions_library();

// optional.of, a.?b, orValue, optMap, …; 1: optFlatMap; 2: first, last, optional.unwrap, unwrapOpt.
Library optionals_library(std::uint32_t version = newest_version);

// ip, cidr, isIP, … as the specification's network extension has them: Kubernetes' functions, isMask, and
// IPv4-mapped addresses in hexadecimal groups taken as the IPv4 addresses they are.
Library network_library();

}  // namespace kastell::cel
