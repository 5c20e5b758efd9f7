// The parameter objects of a binding (apiserver policy/generic/policy_dispatcher.go, CollectParams).
#pragma once

#include <vector>

#include "admission/policy.h"
#include "admission/world.h"
#include "base/result.h"

namespace kastell::admission {

// A null stands for «evaluate without parameters». Errors carry the API server's message.
Result<std::vector<const snapshot::Object*>> collect_params(const std::optional<ParamKind>& kind,
                                                            const std::optional<ParamReference>& reference,
                                                            std::string_view name_space, const World& world);

}  // namespace kastell::admission
