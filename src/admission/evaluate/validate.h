// One policy against one request and one parameter object (apiserver policy/validating/validator.go).
#pragma once

#include <string_view>
#include <vector>

#include "admission/evaluate/group.h"

namespace kastell::admission {

struct ValidationDecision {
  enum class Kind : std::uint8_t { admit, deny, error } kind = Kind::admit;
  bool denies = false;  // an error denies unless the failure policy ignores it
  std::string_view message = {};
  std::string_view reason = {};
};

struct AnnotationDecision {
  enum class Kind : std::uint8_t { publish, exclude, error } kind = Kind::exclude;
  std::string_view key;
  std::string_view value = {};  // or the error
};

// Texts live as long as the policy and the stack's round.
struct PolicyDecision {
  bool conditions_met = true;
  // The decisions are one, of the policy as a whole: a failed match condition, a spent budget.
  bool is_of_policy = false;
  bool reached = false;  // Decision::matched
  std::vector<ValidationDecision> validations = {};
  std::vector<AnnotationDecision> annotations = {};
};

// Memory that one evaluation leaves to the next.
struct ValidationScratch {
  GroupOutcome conditions, validations, messages, annotations;
  PolicyDecision decision;
};

// Leaves the decision in the scratch. Inputs for match conditions: there `request` shows the resource as it was asked
// for, and namespaceObject is null.
const PolicyDecision& validate(const CompiledPolicy& policy, const Inputs& for_conditions, const Inputs& inputs,
                               EvaluationStack& stack, ValidationScratch& scratch);

}  // namespace kastell::admission
