// Which pods a policy of Cilium certainly does not select. What such a policy allows is not read.
#pragma once

#include <optional>
#include <vector>

#include "snapshot/snapshot.h"

namespace kastell::policy {

// The endpointSelectors of a CiliumNetworkPolicy or CiliumClusterwideNetworkPolicy: of its spec and of its specs.
// Nothing if they cannot be read, so that it may select any pod. A policy of nodes (nodeSelector) selects none.
using EndpointSelectors = std::vector<const document::Node*>;
std::optional<EndpointSelectors> endpoint_selectors(const snapshot::Object& policy, const SymbolTable& symbols);

// False only if each of the selectors demands a label that a pod with these labels (an object, or null for none) does
// not carry. Only what is written on pods counts: labels that Cilium or a controller adds are taken for there.
bool may_select(const EndpointSelectors& selectors, const document::Node* labels, const SymbolTable& symbols);

}  // namespace kastell::policy
