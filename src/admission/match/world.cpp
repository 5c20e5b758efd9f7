#include "admission/world.h"

#include <algorithm>

#include "admission/read/fields.h"
#include "kube/api_resource.h"
#include "kube/namespace_label.h"

namespace kastell::admission {

using document::Node;

namespace {

// Resources of one storage that Kubernetes itself serves under several groups and versions (those that are on by
// default), in the order of registration.
constexpr World::Equivalent event_resources[] = {
    {{"", "v1", "events"}, {"", "v1", "Event"}},
    {{"events.k8s.io", "v1", "events"}, {"events.k8s.io", "v1", "Event"}},
};
constexpr World::Equivalent autoscaler_resources[] = {
    {{"autoscaling", "v2", "horizontalpodautoscalers"}, {"autoscaling", "v2", "HorizontalPodAutoscaler"}},
    {{"autoscaling", "v1", "horizontalpodautoscalers"}, {"autoscaling", "v1", "HorizontalPodAutoscaler"}},
};
constexpr std::span<const World::Equivalent> built_in_families[] = {event_resources, autoscaler_resources};

bool same_name(const snapshot::Object* a, const snapshot::Object* b) {
  return a->name_space == b->name_space && a->name == b->name;
}

}  // namespace

World::World(const snapshot::Snapshot& snapshot, cel::KubernetesVersion version)
    : snapshot_(snapshot), roles_(snapshot, version.minor), schemas_(*snapshot.shared_symbols()) {
  for (const auto id : snapshot.of_kind("", "Namespace")) {
    const snapshot::Object& found = snapshot.object(id);
    namespaces_.try_emplace(found.name, kube::with_name_label(found.root, arena_, *snapshot.shared_symbols()));
  }
  for (const auto id : snapshot.of_kind("apiextensions.k8s.io", "CustomResourceDefinition")) {
    add_custom_resource(snapshot.object(id).root);
    schemas_.add(snapshot.object(id).root);
  }
}

void World::add_custom_resource(const Node& definition) {
  Fields root(definition, symbols());
  const Node* spec_node = root.object("spec");
  if (spec_node == nullptr) return;
  Fields spec = root.below(*spec_node, "spec");
  CustomResource resource{.group = spec.text("group"), .namespaced = spec.text("scope") != "Cluster"};
  if (const Node* names_node = spec.object("names")) {
    Fields names = spec.below(*names_node, "names");
    resource.kind = names.text("kind");
    resource.resource = names.text("plural");
  }
  for (const Node& item : spec.objects("versions")) {
    Fields version = spec.below(item, "versions", resource.versions.size());
    const Node* served = version.find("served");
    const bool is_not_served = served != nullptr && served->kind == document::Kind::boolean && !served->boolean;
    if (!is_not_served) resource.versions.push_back(version.text("name"));
    const Node* parts = version.object("subresources");
    if (parts != nullptr && parts->find(symbols::status) != nullptr)
      resource.with_status.push_back(version.text("name"));
  }
  add_equivalents(resource);
  custom_.push_back(std::move(resource));
}

kube::ApiType World::type_of(const GroupVersionKind& kind, std::uint8_t minor) const {
  const kube::ApiType type = kube::type_of(kind.group, kind.version, kind.kind, minor);
  if (type.number != kube::ApiType::custom_number) return type;
  return schemas_.type_of(std::string(kind.group) + "/" + std::string(kind.version), kind.kind, minor);
}

bool World::has_status(const GroupVersionKind& kind) const {
  const CustomResource* custom = find_custom(kind.group, kind.kind);
  return custom != nullptr && std::ranges::find(custom->with_status, kind.version) != custom->with_status.end();
}

const World::CustomResource* World::find_custom(std::string_view group, std::string_view kind) const {
  const auto found = std::ranges::find_if(
      custom_, [&](const CustomResource& custom) { return custom.group == group && custom.kind == kind; });
  return found == custom_.end() ? nullptr : &*found;
}

const Node* World::find_namespace(std::string_view name) const {
  const auto found = namespaces_.find(name);
  return found == namespaces_.end() ? nullptr : &found->second;
}

std::optional<bool> World::is_namespaced(std::string_view group, std::string_view kind) const {
  if (const CustomResource* custom = find_custom(group, kind)) return custom->namespaced;
  if (const auto* resource = kube::find_resource(group, kind)) return resource->namespaced;
  if (snapshot_.of_kind(group, kind).empty()) return std::nullopt;
  return !snapshot::is_cluster_scoped(group, kind);
}

std::vector<const snapshot::Object*> World::objects_of(std::string_view group, std::string_view kind,
                                                       std::string_view name_space) const {
  std::vector<const snapshot::Object*> objects;
  for (const auto id : snapshot_.of_kind(group, kind)) {
    const snapshot::Object& object = snapshot_.object(id);
    if (name_space.empty() || object.effective_namespace() == name_space) objects.push_back(&object);
  }
  std::ranges::stable_sort(objects, {}, [](const auto* object) { return std::pair(object->name_space, object->name); });
  const auto repeated = std::ranges::unique(objects, same_name);
  objects.erase(repeated.begin(), repeated.end());
  return objects;
}

std::span<const World::Equivalent> World::equivalents_of(const GroupVersionResource& resource) const {
  for (const auto family : built_in_families) {
    if (std::ranges::any_of(family, [&](const Equivalent& member) { return member.resource == resource; })) {
      return family;
    }
  }
  for (const auto& family : custom_families_) {
    const GroupVersionResource& first = family.front().resource;
    if (first.group == resource.group && first.resource == resource.resource) return family;
  }
  return {};
}

void World::add_equivalents(const CustomResource& custom) {
  if (custom.versions.empty()) return;
  const auto is_same = [&](const std::vector<Equivalent>& family) {
    return family.front().resource.group == custom.group && family.front().resource.resource == custom.resource;
  };
  const auto known = std::ranges::find_if(custom_families_, is_same);
  auto& family = known == custom_families_.end() ? custom_families_.emplace_back() : *known;
  for (const std::string_view version : custom.versions) {
    family.push_back({{custom.group, version, custom.resource}, {custom.group, version, custom.kind}});
  }
}

bool World::is_custom(std::string_view group, std::string_view kind) const {
  return find_custom(group, kind) != nullptr || !kube::is_built_in(group, kind);
}

World::Served World::served_as(std::string_view group, std::string_view kind) const {
  if (const CustomResource* custom = find_custom(group, kind))
    return {std::string(custom->resource), custom->namespaced};
  if (const auto* known = kube::find_resource(group, kind)) return {std::string(known->resource), known->namespaced};
  return {kube::guess_resource(kind), true};
}

}  // namespace kastell::admission
