#include "admission/plugins/chain.h"

#include <algorithm>

#include "admission/plugins/plugin.h"

namespace kastell::admission {

using document::Node;

namespace {

// What a plug-in does to a kind. `changes_stored`: it looks at updates of what was stored, too.
struct Row {
  std::string_view plugin;
  std::string_view group, kind;
  Result<void> (*run)(PluginCall& call);
  std::uint8_t since = 0;  // minor
  bool changes_stored = false;
};

// In the order of plugin_names.
constexpr Row rows[] = {
    {"LimitRanger", "", "Pod", limit_ranger},
    {"ServiceAccount", "", "Pod", service_account},
    {"TaintNodesByCondition", "", "Node", taint_nodes_by_condition},
    {"Priority", "", "Pod", priority, 0, true},
    {"DefaultTolerationSeconds", "", "Pod", default_toleration_seconds, 0, true},
    {"DefaultStorageClass", "", "PersistentVolumeClaim", default_storage_class},
    {"StorageObjectInUseProtection", "", "PersistentVolume", storage_object_in_use_protection},
    {"StorageObjectInUseProtection", "", "PersistentVolumeClaim", storage_object_in_use_protection},
    {"StorageObjectInUseProtection", "storage.k8s.io", "VolumeAttributesClass", storage_object_in_use_protection, 34},
    {"RuntimeClass", "", "Pod", runtime_class},
    {"DefaultIngressClass", "networking.k8s.io", "Ingress", default_ingress_class},
    {"PodTopologyLabels", "", "Pod", pod_topology_labels, 35},
};

std::size_t number_of(std::string_view plugin) {
  return static_cast<std::size_t>(std::ranges::find(plugin_names, plugin) - plugin_names.begin());
}

}  // namespace

bool PluginChain::is_asked(std::size_t row, const Request& request, const Subject& subject) const {
  const Row& one = rows[row];
  return one.kind == request.kind.kind && one.group == request.kind.group && one.since <= minor_ &&
         !disabled_.test(number_of(one.plugin)) &&
         (!subject.was_stored || (subject.old != nullptr && one.changes_stored));
}

Result<Node> PluginChain::admit(const Request& request, const Subject& subject, Arena& arena) {
  std::optional<Draft> draft;
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    if (!is_asked(i, request, subject)) continue;
    if (!draft) draft.emplace(subject.object, symbols_, arena);
    PluginCall call{*draft, subject.old, request.kind.kind, request.name_space, cluster_};
    const auto done = rows[i].run(call);
    if (!done) return std::unexpected(done.error());
  }
  return draft ? draft->node() : subject.object;
}

}  // namespace kastell::admission
