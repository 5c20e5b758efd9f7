// PodView: one view of anything that carries a pod template.
//
// Pods, Deployments, DaemonSets, StatefulSets, ReplicaSets, ReplicationControllers, Jobs, CronJobs,
// PodTemplates and any other object whose schema has the shape of a PodTemplateSpec (Argo Rollout,
// Knative Service, Kruise CloneSet, …) look the same through it, and so do Argo Workflow templates and
// Tekton tasks, which carry containers in a form of their own. Controls never walk kinds.
//
// Every view field knows the real field it came from: origin() maps a path in the view to the path in
// the object, so that a finding points at the line a person must change.
//
// A view is built in an arena of the caller and lives until that arena is reset; it points into the
// document. Nothing else is allocated. Not shared between threads while being built.
//
//   for (const PodLocation& location : find_pods(object, symbols, arena)) {
//     const BuiltPodView built = build_pod_view(object, location, symbols, arena);
//     …
//   }
//
// Kubernetes reads a member whose value is null as an absent one; the objects of a snapshot hold none
// (document::without_null_members).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "document/node.h"
#include "document/path.h"

namespace kastell::kube {

using PathView = std::span<const document::Step>;

enum class ContainerType : std::uint8_t { container, init, ephemeral };
std::string_view name_of(ContainerType type);

// Where a container's effective security context comes from; null where there is none.
struct SecurityContextSources {
  const document::Node* container;   // its own securityContext
  const document::Node* pod;         // the pod's securityContext
  const document::Node* annotation;  // its legacy AppArmor annotation
};

struct ContainerView {
  ContainerType type;
  std::uint32_t index;        // within its list
  PathView path_in_spec;      // {"containers", 0}
  const document::Node* raw;  // the container as written
  SecurityContextSources security_context;
  // What CEL sees as `container`: the members of `raw` as written, and beside them
  //   containerType   "container" | "init" | "ephemeral"
  //   effective       the security context with the pod's values filled in where Kubernetes inherits them:
  //                   runAsUser runAsGroup runAsNonRoot seccompProfile appArmorProfile seLinuxOptions
  //                   windowsOptions (merged member by member), and the container's own privileged,
  //                   allowPrivilegeEscalation, capabilities, readOnlyRootFilesystem, procMount.
  //                   appArmorProfile also comes from the container's legacy annotation, seccompProfile does not.
  //   imageReference  {registry, repository, tag, digest}, parts absent where the text has none or is no reference
  //   credentialNames names of env whose values are credentials by their names (kube/credential_names.h); absent if
  //   none
  document::Node view;
};

struct PodView {
  PathView spec_path;            // of the PodSpec in the object: {"spec","template","spec"}
  PathView metadata_path;        // of the pod's metadata: {"spec","template","metadata"}
  PathView inherited_path;       // see PodLocation
  const document::Node* object;  // the whole object
  const document::Node* spec;
  const document::Node* metadata;             // null if absent
  const document::Node* inherited;            // null if none
  std::span<const ContainerView> containers;  // init, then ordinary, then ephemeral
  // What CEL sees as `pod`: spec (as written, with what it inherits), metadata (as written, {} if absent),
  // containers (the views), kind ("Pod", "Deployment", …: the object's), name, namespace ("default" where none is
  // written).
  document::Node view;
};

// Where the containers of a pod stand in its spec.
enum class PodShape : std::uint8_t {
  pod_spec,       // containers, initContainers, ephemeralContainers
  argo_template,  // container, script, containerSet.containers, initContainers, sidecars
  tekton_task,    // steps, stepTemplate, sidecars
};

// The places in `object` where a PodTemplateSpec (or, for a Pod, a PodSpec) sits. Most objects have
// none or one; custom resources may have several (Argo Workflow templates).
struct PodLocation {
  PathView spec_path;
  PathView metadata_path;
  PodShape shape = PodShape::pod_spec;
  PathView inherited_path = {};  // Argo: the workflow spec, whose members hold where the template has none
};

// By kind for built-in kinds, which needs no memory, even if the template is missing (building then tells so).
// By shape for others: a member named `template` or ending in `Template`, `TemplateSpec` or `podSpec` that holds an
// object whose `spec.containers` (or `containers`) is a list of objects with names or images; the `spec` of the object
// itself; objects inside the object (with apiVersion and kind) likewise. Looks at most 64 levels deep.
std::span<const PodLocation> find_pods(const document::Node& object, const SymbolTable& symbols, Arena& arena);

// Broken shapes (containers not a list, a string where Kubernetes wants a number…) do not fail: what can be read is
// in the view, and `problems` says what could not be, so that it ends up as coverage and not as a pass.
struct PodProblem {
  static constexpr std::uint32_t whole_pod = 0xFFFFFFFF;
  PathView path;  // in the object
  std::string_view message;
  std::uint32_t container = whole_pod;  // number into the view's containers, if only that one is affected
};
struct BuiltPodView {
  PodView view;
  std::span<const PodProblem> problems;
};
BuiltPodView build_pod_view(const document::Node& object, const PodLocation& location, const SymbolTable& symbols,
                            Arena& arena);

// The parts of an image's name as CEL sees them: {registry, repository, tag, digest}, parts absent where the text has
// none or is no reference.
document::Node image_reference_view(const document::Node* name, Arena& arena);

// What CEL sees as `volume`: the members as written, and of an image volume its imageReference, as a container's.
document::Node volume_view(const document::Node& volume, Arena& arena);

// The real path of a path in the pod's view (`container` = index into containers, if the path starts at a
// container view). For an effective field that nobody set: the container's own securityContext field.
document::Path origin(const PodView& pod, std::optional<std::uint32_t> container, PathView in_view);

}  // namespace kastell::kube
