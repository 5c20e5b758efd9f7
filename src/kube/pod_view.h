// PodView: one view of anything that carries a pod template.
//
// Pods, Deployments, DaemonSets, StatefulSets, ReplicaSets, ReplicationControllers, Jobs, CronJobs,
// PodTemplates and any other object whose schema has the shape of a PodTemplateSpec (Argo Rollout,
// Knative Service, …) look the same through it. Controls never walk kinds.
//
// Every view field knows the real field it came from: origin() maps a path in the view to the path in
// the object, so that a finding points at the line a person must change.
//
// A view is built in an arena of the caller and lives until that arena is reset; it points into the
// document. Building allocates nothing else. Not shared between threads while being built.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "document/node.h"
#include "document/path.h"

namespace kastell::kube {

enum class ContainerType : std::uint8_t { container, init, ephemeral };

struct ContainerView {
  ContainerType type;
  std::uint32_t index;        // within its list
  const document::Node* raw;  // the container as written
  // What CEL sees as `container`: the members of `raw` as written, and beside them
  //   containerType   "container" | "init" | "ephemeral"
  //   effective       the security context with the pod's values filled in where Kubernetes inherits them:
  //                   runAsUser runAsGroup runAsNonRoot seccompProfile appArmorProfile seLinuxOptions
  //                   windowsOptions (pod or container), and the container's own privileged,
  //                   allowPrivilegeEscalation, capabilities, readOnlyRootFilesystem, procMount.
  //                   appArmorProfile also comes from the container's legacy annotation, seccompProfile does not.
  //   imageReference  {registry, repository, tag, digest}, parts absent where the text has none
  document::Node view;
};

struct PodView {
  document::Path spec_path;      // of the PodSpec in the object: {"spec","template","spec"}
  document::Path metadata_path;  // of the pod's metadata: {"spec","template","metadata"}
  const document::Node* object;  // the whole object
  const document::Node* spec;
  const document::Node* metadata;             // null if absent
  std::span<const ContainerView> containers;  // init, then ordinary, then ephemeral
  // What CEL sees as `pod`: spec (as written), metadata (as written, {} if absent), containers (the views),
  // kind ("Pod", "Deployment", …: the object's), name, namespace ("default" where none is written).
  document::Node view;
};

// The places in `object` where a PodTemplateSpec (or, for a Pod, a PodSpec) sits. Most objects have
// none or one; custom resources may have several (Argo Workflow templates).
struct PodLocation {
  document::Path spec_path;
  document::Path metadata_path;
};
// By kind for built-in kinds, by shape for others: a member named `template` or ending in `Template`
// (or `spec`) that holds an object whose `spec.containers` (`containers`) is a list of objects with names or images.
std::vector<PodLocation> find_pods(const document::Node& object, const SymbolTable& symbols);

// Broken shapes (containers not a list, container not an object…) do not fail: what can be read is in the
// view, and `problems` says what could not be, by path, so that it ends up as coverage and not as a pass.
struct PodProblem {
  document::Path path;
  std::string_view message;
};
struct BuiltPodView {
  PodView view;
  std::vector<PodProblem> problems;
};
BuiltPodView build_pod_view(const document::Node& object, const PodLocation& location, const SymbolTable& symbols,
                            Arena& arena);

// The real path of a path in the pod's view (`container` = index into containers, if the path starts at a
// container view). For an effective field that nobody set: the container's own securityContext field.
document::Path origin(const PodView& pod, std::optional<std::uint32_t> container,
                      std::span<const document::Step> in_view);

}  // namespace kastell::kube
