// Mutating policies (apiserver policy/mutating/dispatcher.go): each patches the object that the one before left.
#pragma once

#include "admission/admission.h"
#include "admission/decide/context.h"

namespace kastell::admission {

// Leaves the mutated object in the context. Either the request is refused, or the decision is what the validating
// policies go on from.
Decision mutate(const PolicySet& policies, RequestContext& context);

}  // namespace kastell::admission
