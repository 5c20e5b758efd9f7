// The short way for what most policies are and mostly say: validations alone, and all of them hold.
//
// Whatever is not plain, or does not hold, goes the whole way (validate.h), which says why; that evaluates it once
// more.
#pragma once

#include "admission/evaluate/lazy_variables.h"

namespace kastell::admission {

// `variables` of a policy that has none.
class NoVariables final : public cel::LazyMap {
 public:
  const cel::Value* find(std::string_view) override { return nullptr; }
};

// Whether each validation of a policy with is_plain is true, within the budgets. `slots` as arrange() gives them.
bool all_hold(const CompiledPolicy& policy, const Slots& slots, EvaluationStack& stack);

}  // namespace kastell::admission
