#include "admission/policy.h"

#include <algorithm>
#include <array>

#include "admission/read/fields.h"
#include "kube/api_resource.h"

namespace kastell::admission {

using document::Node;

namespace {

constexpr std::string_view group_prefix = "admissionregistration.k8s.io/";

Scope read_scope(std::string_view text) {
  if (text.empty() || text == "*") return Scope::all;
  if (text == "Namespaced") return Scope::namespaced;
  return text == "Cluster" ? Scope::cluster : Scope::unknown;
}

std::vector<ResourceRule> read_rules(Fields& resources, std::string_view name) {
  std::vector<ResourceRule> rules;
  for (const Node& item : resources.objects(name)) {
    Fields fields = resources.below(item, name, rules.size());
    rules.push_back({.names = fields.texts("resourceNames"),
                     .operations = fields.texts("operations"),
                     .groups = fields.texts("apiGroups"),
                     .versions = fields.texts("apiVersions"),
                     .resources = fields.texts("resources"),
                     .scope = read_scope(fields.text("scope"))});
    resources.adopt(fields);
  }
  return rules;
}

std::optional<MatchResources> read_match_resources(Fields& spec, std::string_view name) {
  const Node* node = spec.object(name);
  if (node == nullptr) return std::nullopt;
  Fields fields = spec.below(*node, name);
  MatchResources resources;
  resources.rules = read_rules(fields, "resourceRules");
  resources.exclusions = read_rules(fields, "excludeResourceRules");
  resources.namespace_selector = fields.object("namespaceSelector");
  resources.object_selector = fields.object("objectSelector");
  resources.equivalent = fields.text("matchPolicy") != "Exact";
  spec.adopt(fields);
  return resources;
}

// A list of objects with two texts each.
template <typename T>
std::vector<T> read_pairs(Fields& spec, std::string_view name, std::string_view first, std::string_view second) {
  std::vector<T> items;
  for (const Node& item : spec.objects(name)) {
    Fields fields = spec.below(item, name, items.size());
    items.push_back({fields.text(first), fields.text(second)});
    spec.adopt(fields);
  }
  return items;
}

std::vector<Validation> read_validations(Fields& spec) {
  std::vector<Validation> validations;
  for (const Node& item : spec.objects("validations")) {
    Fields fields = spec.below(item, "validations", validations.size());
    validations.push_back({.expression = fields.text("expression"),
                           .message = fields.text("message"),
                           .message_expression = fields.text("messageExpression"),
                           .reason = fields.text("reason")});
    spec.adopt(fields);
  }
  return validations;
}

std::vector<Mutation> read_mutations(Fields& spec) {
  std::vector<Mutation> mutations;
  for (const Node& item : spec.objects("mutations")) {
    Fields fields = spec.below(item, "mutations", mutations.size());
    const bool is_json_patch = fields.text("patchType") == "JSONPatch";
    const std::string_view member = is_json_patch ? "jsonPatch" : "applyConfiguration";
    Mutation mutation{.type = is_json_patch ? PatchType::json_patch : PatchType::apply_configuration};
    if (const Node* patch = fields.object(member)) {
      Fields inner = fields.below(*patch, member);
      mutation.expression = inner.text("expression");
      fields.adopt(inner);
    }
    mutations.push_back(mutation);
    spec.adopt(fields);
  }
  return mutations;
}

std::optional<ParamKind> read_param_kind(Fields& spec) {
  const Node* node = spec.object("paramKind");
  if (node == nullptr) return std::nullopt;
  Fields fields = spec.below(*node, "paramKind");
  ParamKind kind{fields.text("apiVersion"), fields.text("kind")};
  spec.adopt(fields);
  return kind;
}

std::optional<ParamReference> read_param_reference(Fields& spec) {
  const Node* node = spec.object("paramRef");
  if (node == nullptr) return std::nullopt;
  Fields fields = spec.below(*node, "paramRef");
  ParamReference reference{.name = fields.text("name"),
                           .name_space = fields.text("namespace"),
                           .selector = fields.object("selector"),
                           .deny_if_not_found = fields.text("parameterNotFoundAction") == "Deny"};
  spec.adopt(fields);
  return reference;
}

std::optional<Action> parse_action(std::string_view text) {
  for (const Action action : {Action::deny, Action::warn, Action::audit}) {
    if (text == name_of(action)) return action;
  }
  return std::nullopt;
}

std::string_view read_name(Fields& object) {
  const Node* metadata = object.object("metadata");
  if (metadata == nullptr) return {};
  Fields fields = object.below(*metadata, "metadata");
  const std::string_view name = fields.text("name");
  object.adopt(fields);
  return name;
}

const Node& no_fields() {
  static const Node none = Node::make_empty_object();
  return none;
}

Fields read_spec(Fields& object) {
  const Node* spec = object.object("spec");
  return object.below(spec == nullptr ? no_fields() : *spec, "spec");
}

bool is_of_mutating_kind(Fields& object) {
  return object.text("kind").starts_with("Mutating");
}

}  // namespace

std::string_view name_of(Action action) {
  static constexpr std::array<std::string_view, 3> names{"Deny", "Warn", "Audit"};
  return names[static_cast<std::size_t>(action)];
}

std::string_view ParamKind::group() const {
  return kube::api_group(api_version);
}

std::string_view ParamKind::version() const {
  return kube::version_in_group(api_version);
}

PolicyKind policy_kind(std::string_view api_version, std::string_view kind) {
  if (!api_version.starts_with(group_prefix)) return PolicyKind::none;
  if (kind == "ValidatingAdmissionPolicy") return PolicyKind::validating_policy;
  if (kind == "MutatingAdmissionPolicy") return PolicyKind::mutating_policy;
  if (kind == "MutatingAdmissionPolicyBinding") return PolicyKind::mutating_binding;
  return kind == "ValidatingAdmissionPolicyBinding" ? PolicyKind::validating_binding : PolicyKind::none;
}

Result<AdmissionPolicy> read_policy(const Node& object, const SymbolTable& symbols) {
  Fields root(object, symbols);
  AdmissionPolicy policy;
  policy.name = read_name(root);
  policy.is_mutating = is_of_mutating_kind(root);
  Fields spec = read_spec(root);
  if (spec.text("failurePolicy") == "Ignore") policy.failure_policy = FailurePolicy::ignore;
  policy.param_kind = read_param_kind(spec);
  policy.constraints = read_match_resources(spec, "matchConstraints");
  policy.match_conditions = read_pairs<MatchCondition>(spec, "matchConditions", "name", "expression");
  policy.variables = read_pairs<Variable>(spec, "variables", "name", "expression");
  policy.validations = read_validations(spec);
  policy.audit_annotations = read_pairs<AuditAnnotation>(spec, "auditAnnotations", "key", "valueExpression");
  policy.mutations = read_mutations(spec);
  policy.reinvoke_if_needed = spec.text("reinvocationPolicy") == "IfNeeded";
  root.adopt(spec);
  if (root.error()) return std::unexpected(*root.error());
  return policy;
}

Result<Binding> read_binding(const Node& object, const SymbolTable& symbols) {
  Fields root(object, symbols);
  Binding binding;
  binding.name = read_name(root);
  binding.is_mutating = is_of_mutating_kind(root);
  Fields spec = read_spec(root);
  binding.policy_name = spec.text("policyName");
  binding.params = read_param_reference(spec);
  binding.resources = read_match_resources(spec, "matchResources");
  for (const std::string_view text : spec.texts("validationActions")) {
    if (const auto action = parse_action(text)) binding.actions.push_back(*action);
  }
  root.adopt(spec);
  if (root.error()) return std::unexpected(*root.error());
  return binding;
}

}  // namespace kastell::admission
