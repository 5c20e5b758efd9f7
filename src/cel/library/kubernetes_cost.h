// Actual costs of Kubernetes' own functions (apiserver pkg/cel/library/cost.go: CallCost).
#pragma once

#include <cstdint>

#include "cel/library/cost.h"

namespace kastell::cel::cost {

// Accessors and builders: 1.
std::uint64_t nominal(CallContext& context, Arguments arguments, const Value& result);

}  // namespace kastell::cel::cost
