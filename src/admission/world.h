// What an API server has beside the request and the policies: namespaces, parameter objects, custom resources.
//
// Built over a snapshot, which must outlive it; immutable afterwards, so any thread may ask.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "admission/policy.h"
#include "admission/request.h"
#include "cel/environment.h"
#include "kube/api_schema.h"
#include "snapshot/roles.h"

namespace kastell::admission {

class World {
 public:
  // `version` of Kubernetes: whose roles the API server makes by itself.
  World(const snapshot::Snapshot& snapshot, cel::KubernetesVersion version);

  const SymbolTable& symbols() const { return snapshot_.symbols(); }
  const snapshot::Snapshot& snapshot() const { return snapshot_; }

  const snapshot::Roles& roles() const { return roles_; }
  // Whether there can be no roles and bindings beside those of the input.
  bool has_all_roles() const { return snapshot_.world() == snapshot::World::closed && snapshot_.is_complete(); }

  // With the label that every Namespace has in a cluster, whether the input has it or not.
  const document::Node* find_namespace(std::string_view name) const;

  // Whether objects of the kind have a namespace; nothing if no such kind is known.
  std::optional<bool> is_namespaced(std::string_view group, std::string_view kind) const;

  // Objects of the kind, by name; an empty namespace is any.
  std::vector<const snapshot::Object*> objects_of(std::string_view group, std::string_view kind,
                                                  std::string_view name_space) const;

  // The other versions and groups under which the same objects are served, in the order of registration.
  struct Equivalent {
    GroupVersionResource resource;
    GroupVersionKind kind;
  };
  std::span<const Equivalent> equivalents_of(const GroupVersionResource& resource) const;

  // Kubernetes' own kinds pass through Go structs in the API server, custom resources do not.
  bool is_custom(std::string_view group, std::string_view kind) const;

  // Whether the status of a custom resource is a subresource, so that creating it leaves it out.
  bool has_status(const GroupVersionKind& kind) const;

  // By its definition; what no definition in the input tells is as kube::type_of has it.
  kube::ApiType type_of(const GroupVersionKind& kind, std::uint8_t minor) const;

  // The resource and scope of a kind, for objects that come without a request.
  struct Served {
    std::string resource;
    bool namespaced;
  };
  Served served_as(std::string_view group, std::string_view kind) const;

 private:
  struct CustomResource {
    std::string_view group = {}, kind = {}, resource = {};
    bool namespaced = true;
    std::vector<std::string_view> versions = {};
    std::vector<std::string_view> with_status = {};  // versions whose status is a subresource
  };
  void add_custom_resource(const document::Node& definition);
  void add_equivalents(const CustomResource& custom);
  const CustomResource* find_custom(std::string_view group, std::string_view kind) const;

  const snapshot::Snapshot& snapshot_;
  Arena arena_;
  std::map<std::string_view, document::Node> namespaces_;
  snapshot::Roles roles_;
  std::vector<CustomResource> custom_;
  kube::CustomSchemas schemas_;
  std::vector<std::vector<Equivalent>> custom_families_;
};

}  // namespace kastell::admission
