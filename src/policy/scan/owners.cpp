#include "policy/scan/owners.h"

#include "kube/api_resource.h"
#include "kube/pod_template.h"
#include "kube/pod_view.h"

namespace kastell::policy {

using document::Node;
using snapshot::Object;
using snapshot::Snapshot;

namespace {

std::string_view text_in(const Node* object, Symbol key) {
  const Node* value = object == nullptr ? nullptr : object->find(key);
  return value == nullptr ? std::string_view{} : value->as_string();
}

const Node* controller_reference(const Object& object) {
  const Node* metadata = object.root.find(symbols::metadata);
  const Node* owners = metadata == nullptr ? nullptr : metadata->find(symbols::ownerReferences);
  if (owners == nullptr) return nullptr;
  for (const Node& owner : owners->as_list()) {
    const Node* controls = owner.find(symbols::controller);
    if (controls != nullptr && controls->kind == document::Kind::boolean && controls->boolean) return &owner;
  }
  return nullptr;
}

const Object* named_owner(const Snapshot& snapshot, const Object& object, const Node& reference) {
  const auto id =
      snapshot.find(kube::api_group(text_in(&reference, symbols::apiVersion)), text_in(&reference, symbols::kind),
                    object.name_space, text_in(&reference, symbols::name));
  if (!id || &snapshot.object(*id) == &object) return nullptr;
  const Object& owner = snapshot.object(*id);
  // A name may have been given again since.
  const std::string_view wanted = text_in(&reference, symbols::uid);
  const std::string_view found = text_in(owner.root.find(symbols::metadata), symbols::uid);
  return wanted.empty() || found.empty() || wanted == found ? &owner : nullptr;
}

const Object* owner_of(const Snapshot& snapshot, const Object& object) {
  const Node* reference = controller_reference(object);
  return reference == nullptr ? nullptr : named_owner(snapshot, object, *reference);
}

// Objects that own each other would all be judged by somebody else: by nobody.
bool ends(const Snapshot& snapshot, const Object* object) {
  constexpr unsigned longest_chain = 8;
  for (unsigned i = 0; i < longest_chain; ++i) {
    object = owner_of(snapshot, *object);
    if (object == nullptr) return true;
  }
  return false;
}

// The only pod or template of an object; without a spec if there is none or there are several.
kube::PodParts parts_of(const Object& object, const SymbolTable& symbols, Arena& arena) {
  const auto locations = kube::find_pods(object.root, symbols, arena);
  if (locations.size() != 1 || locations[0].shape != kube::PodShape::pod_spec) return {nullptr, nullptr};
  return {document::find(object.root, locations[0].spec_path), document::find(object.root, locations[0].metadata_path)};
}

bool is_kept_for_history(const Object& object) {
  if (object.group() != "apps" || object.kind != "ReplicaSet") return false;
  const Node* spec = object.root.find(symbols::spec);
  const Node* replicas = spec == nullptr ? nullptr : spec->find(symbols::replicas);
  return replicas != nullptr && replicas->kind == document::Kind::integer && replicas->integer == 0;
}

}  // namespace

bool is_judged_by_owner(const Snapshot& snapshot, const Object& object, Arena& arena) {
  const Object* owner = owner_of(snapshot, object);
  if (owner == nullptr || !ends(snapshot, owner)) return false;
  const kube::PodParts pod_template = parts_of(*owner, snapshot.symbols(), arena);
  if (pod_template.spec == nullptr) return false;
  if (is_kept_for_history(object)) return true;
  return kube::is_made_from(parts_of(object, snapshot.symbols(), arena), pod_template, snapshot.symbols());
}

}  // namespace kastell::policy
