// Match conditions (apiserver plugin/webhook/matchconditions/matcher.go).
#pragma once

#include <string>

#include "admission/evaluate/group.h"

namespace kastell::admission {

struct Conditions {
  bool met = true;
  std::string error = {};  // under failurePolicy Fail; with Ignore an error is a condition that is not met
};

// One false condition outweighs any number of errors. `scratch` is memory that is used again.
Conditions check_conditions(const CompiledPolicy& policy, const Inputs& inputs, EvaluationStack& stack,
                            GroupOutcome& scratch);

}  // namespace kastell::admission
