// The variables of admission policies and their types (apiserver pkg/admission/plugin/cel/compile.go).
// `request` lacks uid, object and oldObject; `namespaceObject` has what is declared here and no more.
#include "cel/environment.h"
#include "cel/kubernetes_libraries.h"

namespace kastell::cel {
namespace {

using Objects = std::map<std::string, std::map<std::string, std::string>>;

const Objects& admission_objects() {
  static const Objects objects{
      {"kubernetes.GroupVersionKind", {{"group", "string"}, {"version", "string"}, {"kind", "string"}}},
      {"kubernetes.GroupVersionResource", {{"group", "string"}, {"version", "string"}, {"resource", "string"}}},
      {"kubernetes.UserInfo",
       {{"username", "string"}, {"uid", "string"}, {"groups", "list(string)"}, {"extra", "map(string, list(string))"}}},
      {"kubernetes.AdmissionRequest",
       {{"kind", "kubernetes.GroupVersionKind"},
        {"resource", "kubernetes.GroupVersionResource"},
        {"subResource", "string"},
        {"requestKind", "kubernetes.GroupVersionKind"},
        {"requestResource", "kubernetes.GroupVersionResource"},
        {"requestSubResource", "string"},
        {"name", "string"},
        {"namespace", "string"},
        {"operation", "string"},
        {"userInfo", "kubernetes.UserInfo"},
        {"dryRun", "bool"},
        {"options", "dyn"}}},
      {"kubernetes.NamespaceSpec", {{"finalizers", "list(string)"}}},
      {"kubernetes.NamespaceCondition",
       {{"status", "string"},
        {"type", "string"},
        {"lastTransitionTime", "google.protobuf.Timestamp"},
        {"message", "string"},
        {"reason", "string"}}},
      {"kubernetes.NamespaceStatus", {{"conditions", "list(kubernetes.NamespaceCondition)"}, {"phase", "string"}}},
      {"kubernetes.NamespaceMetadata",
       {{"name", "string"},
        {"generateName", "string"},
        {"namespace", "string"},
        {"labels", "map(string, string)"},
        {"annotations", "map(string, string)"},
        {"UID", "string"},
        {"creationTimestamp", "google.protobuf.Timestamp"},
        {"deletionGracePeriodSeconds", "int"},
        {"deletionTimestamp", "google.protobuf.Timestamp"},
        {"generation", "int"},
        {"resourceVersion", "string"},
        {"finalizers", "list(string)"}}},
      {"kubernetes.Namespace",
       {{"metadata", "kubernetes.NamespaceMetadata"},
        {"spec", "kubernetes.NamespaceSpec"},
        {"status", "kubernetes.NamespaceStatus"}}},
  };
  return objects;
}

}  // namespace

Result<Environment::Parts> admission_dialect(KubernetesVersion version, bool with_authorizer) {
  auto parts = kubernetes_dialect(version);
  if (!parts) return parts;
  parts->objects = admission_objects();
  parts->variables = {{"object", "dyn"},
                      {"oldObject", "dyn"},
                      {"params", "dyn"},
                      {"request", "kubernetes.AdmissionRequest"},
                      {"namespaceObject", "kubernetes.Namespace"}};
  if (with_authorizer) {
    parts->variables.emplace_back("authorizer", "kubernetes.authorization.Authorizer");
    parts->variables.emplace_back("authorizer.requestResource", "kubernetes.authorization.ResourceCheck");
  }
  return parts;
}

Result<Environment::Parts> mutation_dialect(KubernetesVersion version, bool with_authorizer) {
  auto parts = admission_dialect(version, with_authorizer);
  if (!parts) return parts;
  parts->libraries.push_back(kubernetes_json_patch_library());
  parts->options.patch_types = true;
  return parts;
}

}  // namespace kastell::cel
