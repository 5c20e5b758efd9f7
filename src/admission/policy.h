// Kubernetes' ValidatingAdmissionPolicies, MutatingAdmissionPolicies and their bindings as typed data
// (admissionregistration.k8s.io/v1 and its betas, which have the same fields).
//
// Texts and nodes are views into the document that a policy was read from: it must outlive the policy. What the API
// server fills in by itself (failurePolicy Fail, matchPolicy Equivalent, empty selectors) is filled in here as well.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/symbol.h"
#include "document/node.h"

namespace kastell::admission {

enum class Scope : std::uint8_t { all, namespaced, cluster, unknown };

// NamedRuleWithOperations. "*" stands for anything.
struct ResourceRule {
  std::vector<std::string_view> names;  // empty: any
  std::vector<std::string_view> operations, groups, versions;
  std::vector<std::string_view> resources;  // "pods", "pods/exec", "*/scale", "*", "*/*"
  Scope scope = Scope::all;
};

struct MatchResources {
  std::vector<ResourceRule> rules;  // empty: every resource
  std::vector<ResourceRule> exclusions;
  const document::Node* namespace_selector = nullptr;  // null: selects everything
  const document::Node* object_selector = nullptr;
  bool equivalent = true;  // matchPolicy
  // A PolicySet gives the same number to all that read the same, so that a request is matched with them once.
  std::uint32_t number = 0;
};

enum class FailurePolicy : std::uint8_t { fail, ignore };

struct MatchCondition {
  std::string_view name, expression;
};
struct Variable {
  std::string_view name, expression;
};
struct Validation {
  std::string_view expression, message, message_expression, reason;
};
struct AuditAnnotation {
  std::string_view key, value_expression;
};
enum class PatchType : std::uint8_t { apply_configuration, json_patch };
struct Mutation {
  PatchType type = PatchType::apply_configuration;
  std::string_view expression = {};
};
struct ParamKind {
  std::string_view api_version, kind;

  std::string_view group() const;
  std::string_view version() const;
};

// Of either kind: validations and audit annotations are a validating policy's, mutations a mutating one's.
struct AdmissionPolicy {
  std::string_view name;
  bool is_mutating = false;
  FailurePolicy failure_policy = FailurePolicy::fail;
  std::optional<ParamKind> param_kind;
  std::optional<MatchResources> constraints;
  std::vector<MatchCondition> match_conditions;
  std::vector<Variable> variables;
  std::vector<Validation> validations;
  std::vector<AuditAnnotation> audit_annotations;
  std::vector<Mutation> mutations;
  bool reinvoke_if_needed = false;  // reinvocationPolicy
};

enum class Action : std::uint8_t { deny, warn, audit };
std::string_view name_of(Action action);  // "Deny"

struct ParamReference {
  std::string_view name, name_space;
  const document::Node* selector = nullptr;
  bool deny_if_not_found = false;  // parameterNotFoundAction
};

struct Binding {
  std::string_view name, policy_name;
  bool is_mutating = false;  // of a mutating policy
  std::optional<ParamReference> params;
  std::optional<MatchResources> resources;
  std::vector<Action> actions;
};

// Errors say which field has a type that Kubernetes' decoder refuses. What the API server's validation refuses beyond
// that is found by find_policy_problems (admission/problems.h).
Result<AdmissionPolicy> read_policy(const document::Node& object, const SymbolTable& symbols);
Result<Binding> read_binding(const document::Node& object, const SymbolTable& symbols);

// Whether an object is a policy or a binding, by apiVersion and kind.
enum class PolicyKind : std::uint8_t {
  none,
  validating_policy,
  validating_binding,
  mutating_policy,
  mutating_binding,
};
PolicyKind policy_kind(std::string_view api_version, std::string_view kind);

}  // namespace kastell::admission
