// Kinds that are not read though their objects may do what a joined kind does: where there is one, the absence of the
// joined kind decides nothing.
#pragma once

#include <string_view>

#include "policy/control.h"

namespace kastell::policy {

struct UnreadKind {
  std::string_view group, kind;
  bool cluster_wide;
  JoinedKind stands_for;
};

// Policies of network plug-ins. Calico's Staged* kinds only report what they would do.
inline constexpr UnreadKind unread_kinds[] = {
    {"cilium.io", "CiliumNetworkPolicy", false, JoinedKind::network_policy},
    {"cilium.io", "CiliumClusterwideNetworkPolicy", true, JoinedKind::network_policy},
    {"crd.projectcalico.org", "NetworkPolicy", false, JoinedKind::network_policy},
    {"crd.projectcalico.org", "GlobalNetworkPolicy", true, JoinedKind::network_policy},
    {"projectcalico.org", "NetworkPolicy", false, JoinedKind::network_policy},
    {"projectcalico.org", "GlobalNetworkPolicy", true, JoinedKind::network_policy},
    {"crd.antrea.io", "NetworkPolicy", false, JoinedKind::network_policy},
    {"crd.antrea.io", "ClusterNetworkPolicy", true, JoinedKind::network_policy},
    {"policy.networking.k8s.io", "AdminNetworkPolicy", true, JoinedKind::network_policy},
    {"policy.networking.k8s.io", "BaselineAdminNetworkPolicy", true, JoinedKind::network_policy},
    {"policy.networking.k8s.io", "ClusterNetworkPolicy", true, JoinedKind::network_policy},
};

}  // namespace kastell::policy
