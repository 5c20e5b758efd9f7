// Whether a LimitRange or ResourceQuota bounds what pods take of a node or cluster: either may be about storage,
// Services or other counts alone.
//
// Pure and thread-safe.
#pragma once

#include "document/node.h"

namespace kastell::policy {

// A container that says nothing of its cpu or memory gets a limit (by default, or by max, which then is the default),
// or its pod is refused.
bool bounds_containers(const document::Node& limit_range, const SymbolTable& symbols);

// The cpu or memory of all pods of the namespace together, or their number.
bool bounds_pods(const document::Node& quota, const SymbolTable& symbols);

}  // namespace kastell::policy
