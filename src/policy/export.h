// Controls as ValidatingAdmissionPolicies: what a scan says of manifests, said by the API server of what is created.
//
//   const auto exported = export_policies(catalog, chosen, options);
//   out += to_yaml(exported->policies, options);
//
// A control's expressions are kept to the letter but for the variables: `pod.spec` becomes variables.podSpec,
// `container` is bound by variables.containers.all(container, …), `container.effective.runAsUser` is spelled out. What
// rests on other objects of the cluster (policies that select the pod, rights of its account), on an absence, or on
// what the API server never sees (configuration files, components) cannot be said by such a policy and is listed with
// the reason.
//
// Exceptions of a file go with the policies: a validation that fails holds all the same for what an exception accepts
// (policy/export/accept.h says how, and until when).
//
// Pure and thread-safe. Written after: kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy,
// and apiserver pkg/admission/plugin/policy/manifest for policies that the API server reads from files.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policy/control.h"
#include "policy/exception.h"
#include "policy/scan.h"

namespace kastell::policy {

struct ExportOptions {
  cel::KubernetesVersion target = cel::newest_kubernetes;    // the oldest API server that shall run the policies
  std::vector<std::string> actions = {"Deny"};               // validationActions of the bindings
  std::string prefix = "kastell-";                           // of the policies' names
  std::map<std::string, std::string> namespace_labels = {};  // only in namespaces that have all of these
  std::vector<std::string> exempt_namespaces = {};           // in which nothing is asked
  bool pods_only = false;                                    // leave pods' templates in Deployments and others alone
  bool from_files = false;                                   // names as policies in files of the API server have them
  std::shared_ptr<const ExceptionList> exceptions = {};      // of a file; null: none
  std::chrono::sys_days today = {};                          // UTC, for their expiry
};

struct PolicyVariable {
  std::string name, expression;
};

struct PolicyValidation {
  std::string variable,
      failing;  // the list of the subjects that fail, as a variable; empty if the object is the subject
  std::string expression;
  std::string message;
  std::string message_expression;  // may be empty
  bool is_of_containers = false;   // the subjects are containers
};

// Resources of one API group and version.
struct PolicyResources {
  std::string group, version;
  std::vector<std::string> resources;
};

struct ExportedPolicy {
  const Control* control;
  std::string name;  // "kastell-pod.host-network"
  std::vector<PolicyResources> resources;
  std::vector<PolicyVariable> variables;  // only those that are used, in an order in which each knows those before it
  std::vector<PolicyValidation> validations;
  std::vector<const Exception*> accepted;  // what it does not deny
};

// A rule of a control that no policy says.
struct NotExported {
  const Control* control;
  std::string reason;
  bool in_part = false;  // other rules of the control are exported
};

// An exception of the file, in its order.
struct ExportedException {
  const Exception* exception;
  std::size_t policies = 0;  // that accept what it accepts
  std::string left_out;      // why no policy does, or not every one of its controls; empty if all do
};

struct PolicyExport {
  std::vector<ExportedPolicy> policies;       // by control
  std::vector<NotExported> left_out;          // by control
  std::vector<ExportedException> exceptions;  // point into ExportOptions::exceptions
};

// The oldest API server for which policies can be written: admissionregistration.k8s.io/v1 has them from 1.30 on.
inline constexpr cel::KubernetesVersion oldest_export_target{1, 30};

// Of the controls that `chosen` selects; with a Pod Security level, as its version asks. Errors (usage): a control or
// framework that does not exist, a target older than oldest_export_target.
Result<PolicyExport> export_policies(const Catalog& catalog, const ScanOptions& chosen, const ExportOptions& options);

// A policy and its binding per control, as a YAML stream.
std::string to_yaml(const std::vector<ExportedPolicy>& policies, const ExportOptions& options);

}  // namespace kastell::policy
