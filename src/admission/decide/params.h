// The parameter objects of a binding (apiserver policy/generic/policy_dispatcher.go, CollectParams).
#pragma once

#include <vector>

#include "admission/policy.h"
#include "admission/world.h"
#include "base/result.h"

namespace kastell::admission {

// Errors carry the API server's message.
using Params = std::vector<const snapshot::Object*>;
Result<Params> collect_params(const ParamKind& kind, const ParamReference& reference, std::string_view name_space,
                              const World& world);

}  // namespace kastell::admission
