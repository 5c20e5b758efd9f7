// Who runs a cluster: what cannot be changed, or seen, on a managed platform is not the user's to fix.
#pragma once

#include <string_view>

#include "kube/client/discovery.h"

namespace kastell::collect {

struct Platform {
  std::string_view name;      // "eks", "gke", "aks", "openshift", "k3s"…; empty if nothing gives it away
  std::string_view evidence;  // what did
};

Platform platform_of(const client::ServerVersion& version, const client::Discovery& discovery);

}  // namespace kastell::collect
