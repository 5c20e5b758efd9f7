// Policies and bindings as YAML.

#include "policy/export.h"

#include <algorithm>
#include <optional>

namespace kastell::policy {

namespace {

// In double quotes, as YAML and JSON both read it.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out += '"';
}

std::string quoted_list(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out.append(out.size() > 1 ? ", " : "").append(quoted(text));
  return out += ']';
}

// An expression, as a block of its own lines. `key` may begin with the dash of a list.
void append_block(std::string& out, std::string_view key, std::string_view text, std::string_view indent) {
  out.append(indent).append(key).append(": |-\n");
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.append(indent).append(key.starts_with('-') ? "    " : "  ").append(text.substr(0, end)).append("\n");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// The last day on which all of the exceptions hold; nothing if they hold for ever.
std::optional<std::chrono::sys_days> first_end(const std::vector<const Exception*>& exceptions) {
  std::optional<std::chrono::sys_days> first;
  for (const Exception* exception : exceptions) {
    if (exception->until && (!first || *exception->until < *first)) first = exception->until;
  }
  return first;
}

void append_annotation(std::string& out, std::string_view key, std::string_view value) {
  out.append("    ").append(key).append(": ").append(value).append("\n");
}

void append_head(std::string& out, std::string_view kind, std::string_view name, const ExportedPolicy& policy) {
  out.append("---\napiVersion: admissionregistration.k8s.io/v1\nkind: ").append(kind).append("\nmetadata:\n  name: ");
  out.append(name).append("\n  labels:\n    app.kubernetes.io/managed-by: kastell\n  annotations:\n");
  append_annotation(out, control_annotation, policy.control->id);
  if (!policy.accepted.empty()) {
    append_annotation(out, accepts_annotation, quoted(std::to_string(policy.accepted.size())));
  }
  if (const auto end = first_end(policy.accepted)) {
    append_annotation(out, accepts_until_annotation, quoted(day_text(*end)));
  }
  out += "spec:\n";
}

void append_resources(std::string& out, const std::vector<PolicyResources>& all) {
  out += "  matchConstraints:\n    resourceRules:\n";
  for (const PolicyResources& one : all) {
    out.append("      - apiGroups: ").append(quoted_list({one.group}));
    out.append("\n        apiVersions: ").append(quoted_list({one.version}));
    out.append("\n        operations: [\"CREATE\", \"UPDATE\"]\n        resources: ")
        .append(quoted_list(one.resources));
    out += '\n';
  }
}

void append_validation(std::string& out, const PolicyValidation& validation) {
  append_block(out, "- expression", validation.expression, "    ");
  if (!validation.message_expression.empty()) {
    append_block(out, "messageExpression", validation.message_expression, "      ");
  }
  out.append("      message: ").append(quoted(validation.message)).append("\n");
}

void append_policy(std::string& out, const ExportedPolicy& policy) {
  append_head(out, "ValidatingAdmissionPolicy", policy.name, policy);
  out += "  failurePolicy: Fail\n";
  append_resources(out, policy.resources);
  if (!policy.variables.empty()) out += "  variables:\n";
  for (const PolicyVariable& variable : policy.variables) {
    out.append("    - name: ").append(variable.name).append("\n");
    append_block(out, "expression", variable.expression, "      ");
  }
  out += "  validations:\n";
  for (const PolicyValidation& validation : policy.validations) append_validation(out, validation);
}

// A policy of a file is named as the API server demands it; so is its binding.
std::string binding_name(std::string_view policy) {
  constexpr std::string_view suffix = ".static.k8s.io";
  if (!policy.ends_with(suffix)) return std::string(policy) + "-binding";
  return std::string(policy.substr(0, policy.size() - suffix.size())) + "-binding" + std::string(suffix);
}

// In which namespaces a binding asks. What has no namespace is asked all the same.
void append_namespaces(std::string& out, const ExportOptions& options) {
  if (options.namespace_labels.empty() && options.exempt_namespaces.empty()) return;
  out += "  matchResources:\n    namespaceSelector:\n";
  if (!options.namespace_labels.empty()) out += "      matchLabels:\n";
  for (const auto& [label, value] : options.namespace_labels) {
    out.append("        ").append(label).append(": ").append(quoted(value)).append("\n");
  }
  if (options.exempt_namespaces.empty()) return;
  out +=
      "      matchExpressions:\n        - key: kubernetes.io/metadata.name\n          operator: NotIn\n          "
      "values: ";
  out.append(quoted_list(options.exempt_namespaces)).append("\n");
}

void append_binding(std::string& out, const ExportedPolicy& policy, const ExportOptions& options) {
  append_head(out, "ValidatingAdmissionPolicyBinding", binding_name(policy.name), policy);
  out.append("  policyName: ").append(policy.name);
  out.append("\n  validationActions: ").append(quoted_list(options.actions)).append("\n");
  append_namespaces(out, options);
}

}  // namespace

std::string to_yaml(const std::vector<ExportedPolicy>& policies, const ExportOptions& options) {
  std::string out;
  for (const ExportedPolicy& policy : policies) {
    append_policy(out, policy);
    append_binding(out, policy, options);
  }
  return out;
}

}  // namespace kastell::policy
