// From a path in a view to the path in the object.

#include "kube/pod/effective.h"
#include "kube/pod/member.h"
#include "kube/pod_view.h"

namespace kastell::kube {

using document::Node;
using document::Path;
using document::Step;

namespace {

void append(Path& path, PathView below) {
  path.insert(path.end(), below.begin(), below.end());
}

Path joined(PathView above, PathView below) {
  Path path(above.begin(), above.end());
  append(path, below);
  return path;
}

bool starts_with(PathView path, Symbol key) {
  return !path.empty() && !path[0].is_index && path[0].symbol() == key;
}

// Whether the spec takes this member from the object around it.
bool is_inherited(const PodView& pod, PathView below_spec) {
  if (pod.inherited == nullptr || below_spec.empty() || below_spec[0].is_index) return false;
  const Symbol key = below_spec[0].symbol();
  return pod.spec->find(key) == nullptr && pod.inherited->find(key) != nullptr;
}

Path in_spec(const PodView& pod, PathView below_spec) {
  return joined(is_inherited(pod, below_spec) ? pod.inherited_path : pod.spec_path, below_spec);
}

Path annotation_path(const PodView& pod, const Node* annotation) {
  Path path = joined(pod.metadata_path, {});
  path.push_back(Step::key(symbols::annotations));
  const Node* annotations = member(pod.metadata, symbols::annotations);
  path.push_back(Step::key(annotations->member_keys()[static_cast<std::size_t>(annotation - annotations->items)]));
  return path;
}

// `field`: below `effective`.
Path in_effective(const PodView& pod, const ContainerView& container, PathView field) {
  Path below{Step::key(symbols::securityContext)};
  append(below, field);
  const Path own = joined(joined(pod.spec_path, container.path_in_spec), below);
  if (field.empty() || field[0].is_index) return own;
  const Symbol part = field.size() > 1 && !field[1].is_index ? field[1].symbol() : Symbol{};
  switch (source_of(container.security_context, field[0].symbol(), field.size() > 1 ? &part : nullptr)) {
    case FieldSource::container: return own;
    case FieldSource::annotation: return annotation_path(pod, container.security_context.annotation);
    case FieldSource::pod: return in_spec(pod, below);
  }
  return own;
}

Path in_container(const PodView& pod, const ContainerView& container, PathView path) {
  if (starts_with(path, symbols::effective)) return in_effective(pod, container, path.subspan(1));
  Path real = joined(pod.spec_path, container.path_in_spec);
  if (starts_with(path, symbols::imageReference)) {
    real.push_back(Step::key(symbols::image));
  } else if (!starts_with(path, symbols::containerType)) {
    append(real, path);
  }
  return real;
}

struct PodMember {
  Symbol name;
  Path (*origin)(const PodView& pod, PathView below);
};
constexpr PodMember pod_members[] = {
    {symbols::spec, in_spec},
    {symbols::metadata, [](const PodView& pod, PathView below) { return joined(pod.metadata_path, below); }},
    {symbols::kind, [](const PodView&, PathView) { return Path{Step::key(symbols::kind)}; }},
    {symbols::name,
     [](const PodView&, PathView) { return Path{Step::key(symbols::metadata), Step::key(symbols::name)}; }},
    {symbols::namespace_,
     [](const PodView&, PathView) { return Path{Step::key(symbols::metadata), Step::key(symbols::namespace_)}; }},
    // What selects the pod selects it by its labels.
    {symbols::networkPolicies,
     [](const PodView& pod, PathView) {
       Path path = joined(pod.metadata_path, {});
       path.push_back(Step::key(symbols::labels));
       return path;
     }},
    {symbols::serviceAccount,
     [](const PodView& pod, PathView) {
       Path path = joined(pod.spec_path, {});
       path.push_back(Step::key(symbols::serviceAccountName));
       return path;
     }},
};

Path in_pod(const PodView& pod, PathView path) {
  if (starts_with(path, symbols::containers)) {
    const bool one = path.size() > 1 && path[1].is_index && path[1].number < pod.containers.size();
    return one ? in_container(pod, pod.containers[path[1].number], path.subspan(2)) : in_spec(pod, path.first(1));
  }
  for (const PodMember& known : pod_members) {
    if (starts_with(path, known.name)) return known.origin(pod, path.subspan(1));
  }
  return joined(pod.spec_path, {});
}

}  // namespace

Path origin(const PodView& pod, std::optional<std::uint32_t> container, PathView in_view) {
  return container ? in_container(pod, pod.containers[*container], in_view) : in_pod(pod, in_view);
}

}  // namespace kastell::kube
