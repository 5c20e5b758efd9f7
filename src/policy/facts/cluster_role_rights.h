// What a ClusterRole grants, with what is aggregated into it.
#pragma once

#include <cstddef>
#include <map>
#include <string_view>

#include "policy/facts/role_rights.h"
#include "snapshot/snapshot.h"

namespace kastell::policy {

Rights rights_of_rules(const document::Node& role);

// The rights of ClusterRoles by their names. A controller of Kubernetes copies into a role with an aggregationRule the
// rules of every ClusterRole with the labels it asks for (pkg/controller/clusterroleaggregation); manifests do not show
// them yet. A role that is not in the input has the rights that every cluster gives one of that name, and what the
// input aggregates into it; otherwise none. A selector that the API server would refuse counts as matching.
class ClusterRoleRights {
 public:
  explicit ClusterRoleRights(const snapshot::Snapshot& snapshot) : snapshot_(snapshot) {}

  Rights of(std::string_view name);

  // Roles compared with selectors, over all calls. A role whose aggregation would take more counts as granting
  // everything: an input can be built so that every role asks about every other.
  static constexpr std::size_t most_comparisons = 20'000'000;

 private:
  const snapshot::Snapshot& snapshot_;
  std::map<std::string_view, Rights> known_;
  std::size_t comparisons_ = 0;
};

}  // namespace kastell::policy
