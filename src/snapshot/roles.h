// Roles and bindings as an API server has them: those of a snapshot, and those that the server makes by itself at its
// start (default_roles.h), where the snapshot has none of that name.
//
// Of a closed world that has them (it is a cluster's), none is added: what is missing there was taken away.
//
//   const Roles roles(snapshot, 37);  // as Kubernetes 1.37 has those that it makes
//   std::size_t comparisons = 0;
//   const auto view = roles.find("ClusterRole", {}, "view", comparisons);
//
// The snapshot must outlive it. Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "snapshot/default_roles.h"
#include "snapshot/snapshot.h"

namespace kastell::snapshot {

class Roles {
 public:
  // `minor` of Kubernetes 1.
  Roles(const Snapshot& snapshot, unsigned minor) : snapshot_(snapshot), minor_(minor) {}

  struct Granted {
    // The role, and what is aggregated into it: a controller of Kubernetes copies into a role with an aggregationRule
    // the rules of every ClusterRole with the labels it asks for (pkg/controller/clusterroleaggregation); manifests do
    // not show them yet. Each once, so that a circle of them ends.
    std::vector<const document::Node*> roles;
    bool is_cut = false;  // there may be more: most_comparisons were made
  };
  // Roles compared with selectors. An input can be built so that every role asks about every other.
  static constexpr std::size_t most_comparisons = 20'000'000;

  // What a roleRef refers to; nothing if there is no such role. `comparisons` counts over several calls. A selector
  // that the API server would refuse counts as matching.
  std::optional<Granted> find(std::string_view kind, std::string_view name_space, std::string_view name,
                              std::size_t& comparisons) const;

  // RoleBindings of a namespace, or ClusterRoleBindings (the namespace is empty), by name.
  std::vector<const Object*> bindings(std::string_view kind, std::string_view name_space) const;

  const SymbolTable& symbols() const { return snapshot_.symbols(); }

 private:
  friend class Aggregation;
  const Object* find_object(std::string_view kind, std::string_view name_space, std::string_view name) const;
  // Those of the snapshot, then those that the server adds; several of one name are possible.
  std::vector<const Object*> all_of(std::string_view kind, DefaultRoles::Which which) const;
  // Null if none is added.
  const DefaultRoles* defaults() const;

  const Snapshot& snapshot_;
  unsigned minor_;
  mutable std::once_flag asked_;
  mutable std::unique_ptr<const DefaultRoles> defaults_;
};

}  // namespace kastell::snapshot
