// Actual costs of Kubernetes' own functions (apiserver pkg/cel/library/cost.go: CallCost).
#pragma once

#include <cstdint>

#include "cel/library/cost.h"

namespace kastell::cel::cost {

// Accessors and builders: 1.
std::uint64_t nominal(CallContext& context, Arguments arguments, const Value& result);

// Of everything in the target: 1 per scalar, strings and bytes a tenth of a unit per byte.
std::uint64_t deep_traversal(CallContext& context, Arguments arguments, const Value& result);

// find() and findAll(): target and pattern.
std::uint64_t regex_search(CallContext& context, Arguments arguments, const Value& result);

// Only two checks fit into the budget of an expression.
std::uint64_t authorization_check(CallContext& context, Arguments arguments, const Value& result);

// fieldSelector() and labelSelector().
std::uint64_t selector_parse(CallContext& context, Arguments arguments, const Value& result);

}  // namespace kastell::cel::cost
