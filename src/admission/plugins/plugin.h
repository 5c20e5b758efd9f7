// The plug-ins, each a function over one object. What they do is told in admission/plugins.h.
#pragma once

#include <algorithm>

#include "admission/plugins/cluster.h"
#include "admission/plugins/draft.h"
#include "base/result.h"

namespace kastell::admission {

struct PluginCall {
  Draft& draft;
  const document::Node* old;  // of an update, as it is stored; null: the object is created
  std::string_view kind;
  std::string_view name_space;
  Cluster& cluster;
};

// Bounds on what hostile input may cost; an error of code `limit` names them.
inline constexpr std::size_t most_added_bytes = std::size_t{64} << 20;  // by LimitRanger, which multiplies
inline constexpr std::size_t most_merged_tolerations = 1000;            // by RuntimeClass, which compares all with all

Result<void> limit_ranger(PluginCall& call);
Result<void> service_account(PluginCall& call);
Result<void> taint_nodes_by_condition(PluginCall& call);
Result<void> priority(PluginCall& call);
Result<void> default_toleration_seconds(PluginCall& call);
Result<void> default_storage_class(PluginCall& call);
Result<void> storage_object_in_use_protection(PluginCall& call);
Result<void> runtime_class(PluginCall& call);
Result<void> default_ingress_class(PluginCall& call);
Result<void> pod_topology_labels(PluginCall& call);

}  // namespace kastell::admission
