// From the resources wanted to the lists to ask for: what the server serves, where, and in which namespaces.
#pragma once

#include <string>
#include <vector>

#include "collect/cluster.h"
#include "kube/client/discovery.h"
#include "kube/client/list.h"

namespace kastell::collect {

// One resource. Its lists together are all of it that is wanted.
struct PlannedResource {
  std::string name;  // as kubectl writes it: deployments.apps
  std::string api_version, kind;
  std::vector<client::ListRequest> lists = {};
  // Said instead of, or beside, what the lists give.
  std::vector<snapshot::Coverage> said = {};
};

std::vector<PlannedResource> plan_lists(const ClusterOptions& options, const client::Discovery& discovery);

}  // namespace kastell::collect
