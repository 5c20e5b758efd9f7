// Type-checks the expressions of policies against the schemas of all kinds that they match, before anybody installs
// them. An API server compiles them with `object` of any type, and warns of the types of ten kinds at most.
#pragma once

#include <string>
#include <vector>

#include "admission/admission.h"

namespace kastell::admission {

struct PolicyProblem {
  // `error`: the API server refuses the policy, or the expression is wrong for every kind that the policy matches.
  // `warning`: it is wrong for some of them.
  enum class Severity : std::uint8_t { warning, error } severity = Severity::error;
  std::string policy;
  std::string field;                   // "spec.validations[0].expression"
  std::string message;                 // "undefined field 'replica'"
  std::string hint = {};               // "did you mean 'replicas'?"
  std::string excerpt = {};            // the expression's line, and a caret
  std::vector<std::string> kinds;      // "apps/v1 Deployment"; empty: whatever the kind
  std::uint32_t line = 0, column = 0;  // in the expression
  bool is_optional = false;            // of a field that .? asks for; no problem if any of the kinds has it
  Place place = {};                    // of the field
};

struct PolicyCheck {
  std::vector<PolicyProblem> problems;                   // in the order of the policies and their fields
  std::vector<std::string> unchecked;                    // "p: no schema of widgets.example.com"
  std::size_t policies = 0, expressions = 0, pairs = 0;  // pairs: of an expression and a kind
};

// All policies of a snapshot. Errors are policies that cannot be read.
Result<PolicyCheck> check_policies(const snapshot::Snapshot& snapshot, const Language& language);

// file:line:column: error: policy: field: message, with the excerpt.
std::string to_text(const PolicyCheck& check);
// {"schema": "kastell.policy-check/v1", "problems": […], "unchecked": […], "summary": {…}}
std::string to_json(const PolicyCheck& check);

}  // namespace kastell::admission
