// Running expressions that share variables and a budget (apiserver pkg/admission/plugin/cel/condition.go).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "admission/evaluate/lazy_variables.h"

namespace kastell::admission {

struct Outcome {
  bool was_asked = false;
  cel::Value value = {};
  std::string error = {};  // empty: there is a value
};

struct GroupOutcome {
  std::vector<Outcome> outcomes;
  std::string failure = {};  // not empty: the budget is spent, and there are no outcomes
  std::uint64_t remaining = 0;
};

// `expressions` may hold nulls, which are not asked.
GroupOutcome run_group(const CompiledPolicy& policy, std::span<const CompiledExpression* const> expressions,
                       const Declared& declared, const Inputs& inputs, std::uint64_t budget, EvaluationStack& stack);

}  // namespace kastell::admission
