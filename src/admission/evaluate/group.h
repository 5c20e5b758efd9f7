// Running expressions that share variables and a budget (apiserver pkg/admission/plugin/cel/condition.go).
#pragma once

#include <string_view>
#include <vector>

#include "admission/evaluate/lazy_variables.h"

namespace kastell::admission {

// Texts are the stack's: they live until it is reset.
struct Outcome {
  bool was_asked = false;
  cel::Value value = {};
  std::string_view error = {};  // empty: there is a value
};

struct GroupOutcome {
  std::vector<Outcome> outcomes;
  std::string_view failure = {};  // not empty: the budget is spent, and there are no outcomes
  std::uint64_t remaining = 0;
};

// Which expressions of a policy.
enum class ExpressionGroup : std::uint8_t { match_conditions, validations, messages, audit_annotations };

// Leaves the outcomes in `into`, whose memory is used again. Messages that a policy does not have are not asked.
void run_group(const CompiledPolicy& policy, ExpressionGroup group, const Inputs& inputs, std::uint64_t budget,
               EvaluationStack& stack, GroupOutcome& into);

// One patch of a mutating policy; it has the whole budget of a policy to itself. What is in `failure` is in `error`
// here.
Outcome run_mutation(const CompiledPolicy& policy, std::size_t at, const Inputs& inputs, EvaluationStack& stack);

}  // namespace kastell::admission
