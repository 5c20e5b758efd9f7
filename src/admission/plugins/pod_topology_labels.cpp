#include "admission/plugins/plugin.h"

namespace kastell::admission {

using document::Node;

Result<void> pod_topology_labels(PluginCall& call) {
  const std::string_view name = call.draft.spec.text("nodeName");
  const Node* node = name.empty() ? nullptr : call.cluster.node(name);
  const Node* labels = node == nullptr ? nullptr : find_below(*node, symbols::metadata, symbols::labels);
  if (labels == nullptr) return {};
  for (const std::string_view label : {"topology.kubernetes.io/region", "topology.kubernetes.io/zone"}) {
    const Node* value = labels->find(call.draft.symbols().intern(label));
    if (value != nullptr) call.draft.set_in("labels", label, value->as_string());
  }
  return {};
}

}  // namespace kastell::admission
