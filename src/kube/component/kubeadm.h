// The components that kubeadm makes from its configuration.
#pragma once

#include <vector>

#include "kube/component/draft.h"

namespace kastell::kube {

// Of a ClusterConfiguration the control plane; of an InitConfiguration or JoinConfiguration the kubelet, if it gets
// arguments there. `kubelet`: the KubeletConfiguration that kubeadm init is given beside it, or null.
std::vector<ComponentDraft> kubeadm_components(const document::Node& object, std::string_view kind,
                                               const ComponentFlags& flags, SymbolTable& symbols, Arena& arena,
                                               const document::Node* kubelet);

}  // namespace kastell::kube
