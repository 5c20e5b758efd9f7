// Actual costs that several libraries share, in Kubernetes' units (cel-go interpreter/runtimecost.go,
// apiserver pkg/cel/library/cost.go). Strings and bytes are charged a tenth of a unit per code point
// or byte that is traversed, rounded up.
#pragma once

#include <cstdint>
#include <span>

#include "cel/function.h"

namespace kastell::cel::cost {

inline constexpr std::uint64_t list_creation = 10;
inline constexpr std::uint64_t map_creation = 30;

// The size the cost model sees: code points, bytes, elements, entries; of an opaque value what its kind
// says; else 1.
std::uint64_t size_of(const Value& value);
// The same for the standard library, which of an optional sees the value inside.
std::uint64_t size_within(const Value& value);

// ⌈size / 10⌉
constexpr std::uint64_t traversal(std::uint64_t size) {
  return size / 10 + (size % 10 != 0 ? 1 : 0);
}

// Of a text matched with an RE2 pattern: one expression per four characters of the pattern is assumed.
constexpr std::uint64_t regex(std::uint64_t text_size, std::uint64_t pattern_size) {
  return traversal(text_size + 1) * (pattern_size / 4 + (pattern_size % 4 != 0 ? 1 : 0));
}

// Ready for tables. Target and argument are the first and the second parameter.
using Arguments = std::span<const Value>;
std::uint64_t target_traversal(CallContext& context, Arguments arguments, const Value& result);
std::uint64_t target_traversal_twice(CallContext& context, Arguments arguments, const Value& result);
std::uint64_t argument_traversal(CallContext& context, Arguments arguments, const Value& result);
std::uint64_t shorter_traversal(CallContext& context, Arguments arguments, const Value& result);
std::uint64_t joined_traversal(CallContext& context, Arguments arguments, const Value& result);
std::uint64_t result_traversal_twice(CallContext& context, Arguments arguments, const Value& result);
std::uint64_t equality(CallContext& context, Arguments arguments, const Value& result);
std::uint64_t element_count(CallContext& context, Arguments arguments, const Value& result);
std::uint64_t substring_search(CallContext& context, Arguments arguments, const Value& result);
std::uint64_t regex_match(CallContext& context, Arguments arguments, const Value& result);

}  // namespace kastell::cel::cost
