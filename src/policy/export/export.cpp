#include "policy/export.h"
#include "base/ascii.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "kube/api_resource.h"
#include "policy/export/accept.h"
#include "policy/export/rule_export.h"
#include "policy/scan/selection.h"

namespace kastell::policy {

namespace {

constexpr auto pod_variables = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"podSpec",
     "object.kind == 'Pod' ? object.spec :\n"
     "object.kind == 'PodTemplate' ? object.?template.?spec.orValue({}) :\n"
     "object.kind == 'CronJob' ? object.?spec.?jobTemplate.?spec.?template.?spec.orValue({}) :\n"
     "object.?spec.?template.?spec.orValue({})"},
    {"podMetadata",
     "object.kind == 'Pod' ? object.metadata :\n"
     "object.kind == 'PodTemplate' ? object.?template.?metadata.orValue({}) :\n"
     "object.kind == 'CronJob' ? object.?spec.?jobTemplate.?spec.?template.?metadata.orValue({}) :\n"
     "object.?spec.?template.?metadata.orValue({})"},
    {"containers",
     "variables.podSpec.?initContainers.orValue([]) + variables.podSpec.?containers.orValue([]) +\n"
     "variables.podSpec.?ephemeralContainers.orValue([])"},
});

bool is_about_pods(Scope scope) {
  return scope == Scope::pod || scope == Scope::container || scope == Scope::volume;
}

// The language of the API server that shall run the policies.
class Target {
 public:
  static Result<Target> make(cel::KubernetesVersion version) {
    auto parts = cel::admission_dialect(version, false);
    if (!parts) return std::unexpected(parts.error());
    parts->variables.emplace_back("variables", "dyn");
    auto environment = cel::Environment::make(std::move(*parts), std::make_shared<SymbolTable>());
    if (!environment) return std::unexpected(environment.error());
    return Target(std::move(*environment));
  }

  // What it says against a validation, if anything.
  std::optional<std::string> refuses(const PolicyValidation& validation) const {
    for (const std::string* text : {&validation.failing, &validation.expression, &validation.message_expression}) {
      if (text->empty()) continue;
      const auto compiled = cel::compile(*environment_, *text);
      if (!compiled) return "the target's CEL has not all of it: " + compiled.error().front().message;
    }
    return {};
  }

 private:
  explicit Target(std::shared_ptr<const cel::Environment> environment) : environment_(std::move(environment)) {}

  std::shared_ptr<const cel::Environment> environment_;
};

// Groups with their resources, as matchConstraints lists them.
void add_resource(std::vector<PolicyResources>& all, const kube::ApiResource& resource, std::string_view subresource) {
  auto found = std::ranges::find_if(all, [&resource](const PolicyResources& known) {
    return known.group == resource.group && known.version == resource.version;
  });
  if (found == all.end()) {
    all.push_back({std::string(resource.group), std::string(resource.version), {}});
    found = std::prev(all.end());
  }
  found->resources.push_back(std::string(resource.resource) + std::string(subresource));
}

std::vector<PolicyResources> pod_resources(bool pods_only) {
  std::vector<PolicyResources> all;
  for (const kube::ApiResource& resource : kube::built_in_resources()) {
    const bool is_pod = resource.group.empty() && resource.kind == "Pod";
    if (!resource.carries_pods || (pods_only && !is_pod)) continue;
    add_resource(all, resource, "");
    if (is_pod) add_resource(all, resource, "/ephemeralcontainers");
  }
  return all;
}

std::vector<PolicyResources> resources_of(std::span<const std::string_view> kinds) {
  std::vector<PolicyResources> all;
  for (const std::string_view kind : kinds) {
    const std::size_t slash = kind.find('/');
    const std::string_view group = slash == std::string_view::npos ? std::string_view{} : kind.substr(0, slash);
    const kube::ApiResource* found =
        kube::find_resource(group, kind.substr(slash == std::string_view::npos ? 0 : slash + 1));
    if (found != nullptr) add_resource(all, *found, "");
  }
  return all;
}

std::vector<PolicyResources> matched_resources(const Control& control, const ExportOptions& options) {
  if (is_about_pods(control.scope)) return pod_resources(options.pods_only);
  static constexpr std::array<std::string_view, 2> roles = {"rbac.authorization.k8s.io/ClusterRole",
                                                            "rbac.authorization.k8s.io/Role"};
  static constexpr std::array<std::string_view, 2> bindings = {"rbac.authorization.k8s.io/ClusterRoleBinding",
                                                               "rbac.authorization.k8s.io/RoleBinding"};
  if (control.scope == Scope::role_rule) return resources_of(roles);
  if (control.scope == Scope::subject) return resources_of(bindings);
  return resources_of(control.kinds);
}

// Of the object first, as `containers` reads podSpec; then of exceptions.
std::vector<PolicyVariable> known_variables(const std::vector<PolicyResources>& asked) {
  std::vector<PolicyVariable> known = variables_of_exceptions(asked);
  for (const auto& [name, expression] : pod_variables) known.push_back({std::string(name), std::string(expression)});
  return known;
}

bool mentions(const ExportedPolicy& policy, std::string_view variable) {
  const std::string word = "variables." + std::string(variable);
  const auto holds = [&word](const std::string& text) { return text.find(word) != std::string::npos; };
  return std::ranges::any_of(policy.variables, [&](const PolicyVariable& known) { return holds(known.expression); }) ||
         std::ranges::any_of(policy.validations, [&](const PolicyValidation& validation) {
           return holds(validation.failing) || holds(validation.expression) || holds(validation.message_expression);
         });
}

// From the last to the first, since a later one may use an earlier one.
void add_variables(ExportedPolicy& policy) {
  for (const PolicyValidation& validation : policy.validations) {
    if (!validation.failing.empty()) policy.variables.push_back({validation.variable, validation.failing});
  }
  const std::vector<PolicyVariable> known = known_variables(policy.resources);
  for (auto at = known.rbegin(); at != known.rend(); ++at) {
    if (mentions(policy, at->name)) policy.variables.insert(policy.variables.begin(), *at);
  }
}

// A DNS subdomain (RFC 1123); policies that the API server reads from files must end so.
std::string name_of_policy(const Control& control, const ExportOptions& options) {
  std::string name = options.prefix;
  for (const char c : control.id) name += c == '_' ? '-' : to_lower(c);
  return options.from_files ? name + ".static.k8s.io" : name;
}

// A control as a policy, and what of it is left out.
class ControlExport {
 public:
  ControlExport(const Control& control, const Parameters& parameters, const ExportOptions& options,
                const Target& target)
      : control_(control), parameters_(parameters), target_(target) {
    policy_.control = &control;
    policy_.name = name_of_policy(control, options);
    policy_.resources = matched_resources(control, options);
  }

  void add(const Rule& rule) {
    auto validation = validation_of(rule);
    if (validation) {
      policy_.validations.push_back(std::move(*validation));
    } else if (std::ranges::find(reasons_, validation.error()) == reasons_.end()) {
      reasons_.push_back(std::move(validation.error()));
    }
  }

  void finish(PolicyExport& result, AcceptanceExport& exceptions) && {
    const bool in_part = !policy_.validations.empty();
    for (std::string& reason : reasons_) result.left_out.push_back({&control_, std::move(reason), in_part});
    if (!in_part) return;
    exceptions.add_to(policy_);
    add_variables(policy_);
    result.policies.push_back(std::move(policy_));
  }

 private:
  std::expected<PolicyValidation, std::string> validation_of(const Rule& rule) const {
    if (policy_.resources.empty()) return std::unexpected("is about what the API server never sees");
    if (is_about_pods(rule.scope) != is_about_pods(control_.scope)) return std::unexpected("asks about several kinds");
    const std::string failing =
        "failing" + (policy_.validations.empty() ? "" : std::to_string(policy_.validations.size() + 1));
    auto validation = export_rule(control_, rule, failing, parameters_);
    if (!validation) return validation;
    if (auto problem = target_.refuses(*validation)) return std::unexpected(std::move(*problem));
    validation->is_of_containers = rule.scope == Scope::container;
    return validation;
  }

  const Control& control_;
  const Parameters& parameters_;
  const Target& target_;
  ExportedPolicy policy_{};
  std::vector<std::string> reasons_;
};

}  // namespace

Result<PolicyExport> export_policies(const Catalog& catalog, const ScanOptions& chosen, const ExportOptions& options) {
  if (options.target < oldest_export_target) {
    return failure(ErrorCode::usage, "admissionregistration.k8s.io/v1 has policies from Kubernetes 1.30 on");
  }
  const auto selection = select_controls(catalog, chosen);
  if (!selection) return std::unexpected(selection.error());
  const auto target = Target::make(options.target);
  if (!target) return std::unexpected(target.error());
  PolicyExport result;
  AcceptanceExport exceptions(options);
  for (const Control* control : selection->controls) {
    ControlExport one(*control, chosen.parameters, options, *target);
    for (const Rule& rule : control->rules) {
      if (rule.applies_to(selection->version)) one.add(rule);
    }
    std::move(one).finish(result, exceptions);
  }
  result.exceptions = std::move(exceptions).finish();
  return result;
}

}  // namespace kastell::policy
