// One patch of a mutating policy.
#pragma once

#include <string>
#include <vector>

#include "admission/decide/context.h"

namespace kastell::admission {

struct PatchFailure {
  std::string message;
  bool is_final = false;  // the request fails whatever the failure policy says
};

// `live`, as the patch number `at` of the policy leaves it. It is shown to expressions through `inputs`.
std::expected<document::Node, PatchFailure> patch_object(const CompiledPolicy& policy, std::size_t at,
                                                         const Inputs& inputs, const document::Node& live,
                                                         const GroupVersionKind& kind, RequestContext& context);

// What differs, in the order of the fields.
std::vector<Change> changes_between(const document::Node& before, const document::Node& after,
                                    const SymbolTable& symbols);

}  // namespace kastell::admission
