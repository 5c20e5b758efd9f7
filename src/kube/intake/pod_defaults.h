// Defaults of a Pod's specification that depend on more than one field (k8s.io/kubernetes
// pkg/apis/core/v1/defaults.go).
#pragma once

#include "document/structure.h"

namespace kastell::kube::intake {

using document::Structure;

// A negative grace period is one second.
void grace_period(Structure& spec);
// The requests of containers are their limits where they are not said.
void requests_of_limits(Structure& spec);
// The requests of the whole Pod are those of its containers, or its limits, where it has limits.
void pod_requests(Structure& spec);
// On the network of its node, the ports of a container are ports of the node.
void host_ports(Structure& spec);
// Two fields say the same.
void service_account(Structure& spec);

}  // namespace kastell::kube::intake
