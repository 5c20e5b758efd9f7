// The suite's own macros for cel.block, which only optimisers write: cel.block([a, b], e), cel.index(0),
// cel.iterVar(0, 0), cel.accuVar(0, 0).
#pragma once

#include "cel/function.h"

namespace kastell::cel::conformance {

Library block_library();

}  // namespace kastell::cel::conformance
