// A policy with its expressions compiled, as the API server keeps it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "admission/evaluate/language.h"
#include "admission/policy.h"
#include "cel/compile.h"
#include "cel/evaluate.h"

namespace kastell::admission {

enum class Returns : std::uint8_t { boolean, string, string_or_null, object, json_patch, anything };

struct CompiledExpression {
  std::string_view text;
  std::optional<cel::Program> program;
  std::unique_ptr<const std::string> image = {};  // of the program, which points into it
  std::string error;                              // why there is none, in the API server's words
  std::vector<cel::Diagnostic> diagnostics = {};
};

CompiledExpression compile_expression(const std::shared_ptr<const cel::Environment>& environment, std::string_view text,
                                      Returns returns);

struct CompiledPolicy {
  AdmissionPolicy policy;
  std::vector<CompiledExpression> variables = {}, match_conditions = {}, validations = {}, audit_annotations = {},
                                  mutations = {};
  std::vector<std::optional<CompiledExpression>> messages = {};  // by validation
  bool computes_messages = false;                                // whether there are any
  bool is_plain = false;                                         // evaluate/plain.h

  Declared declared(bool authorizer, bool patch_types = false) const {
    return {.params = policy.param_kind.has_value(), .authorizer = authorizer, .patch_types = patch_types};
  }
};

// All expressions of a policy, in the order of its fields: "spec.validations[0].messageExpression".
struct NamedExpression {
  std::string field;
  const CompiledExpression* compiled;
};
std::vector<NamedExpression> expressions_of(const CompiledPolicy& policy);

CompiledPolicy compile_policy(AdmissionPolicy policy, const Language& language);

}  // namespace kastell::admission
