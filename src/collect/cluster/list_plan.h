// From the resources wanted to the lists to ask for: what the server serves, where, and in which namespaces.
#pragma once

#include <functional>
#include <set>
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
  // Namespaces whose objects are dropped on arrival: more of them than a request can name.
  std::set<std::string, std::less<>> dropped = {};
  // Said instead of, or beside, what the lists give.
  std::vector<snapshot::Coverage> said = {};
};

std::vector<PlannedResource> plan_lists(const ClusterOptions& options, const client::Discovery& discovery);

// Said of the APIs that do not answer and hold nothing that is wanted: they are dark all the same.
std::vector<snapshot::Coverage> say_other_gaps(const ClusterOptions& options, const client::Discovery& discovery);

}  // namespace kastell::collect
