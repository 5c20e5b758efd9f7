#include "policy/catalog/joins.h"

#include <string.h>  // memmem

#include <algorithm>
#include <array>

namespace kastell::policy {

namespace {

constexpr std::string_view networking = "networking.k8s.io", rbac = "rbac.authorization.k8s.io";

constexpr auto table = std::to_array<Join>({
    {"networkPolicies", networking, "NetworkPolicy"},
    {"defaultDeny", networking, "NetworkPolicy"},
    {"resourceQuotas", "", "ResourceQuota"},
    {"limitRanges", "", "LimitRange"},
    {"pod.bounds", "", "LimitRange"},
    // With the dot and the pod before it, since a pod's spec has a serviceAccount too.
    {"pod.serviceAccount.", "", "ServiceAccount"},
    {"pod.?serviceAccount.", "", "ServiceAccount"},
    {"pod.missing.configMaps", "", "ConfigMap"},
    {"pod.missing.secrets", "", "Secret"},
    {"pod.missing.secrets", "bitnami.com", "SealedSecret"},
    {"pod.missing.secrets", "cert-manager.io", "Certificate"},
    {"pod.missing.secrets", "external-secrets.io", "ExternalSecret"},
    {"pod.missing.serviceAccounts", "", "ServiceAccount"},
    {"pod.missing.claims", "", "PersistentVolumeClaim"},
    {"pod.missing.runtimeClasses", "node.k8s.io", "RuntimeClass"},
    {"pod.missing.priorityClasses", "scheduling.k8s.io", "PriorityClass"},
    {"pod.rights", rbac, "Role"},
    {"pod.rights", rbac, "ClusterRole"},
    {"pod.rights", rbac, "RoleBinding"},
    {"pod.rights", rbac, "ClusterRoleBinding"},
    {"pod.kubeletVersions", "", "Node"},
    {"facts.missingServices", "", "Service"},
    {"facts.missingPorts", "", "Service"},
    {"facts.targetExists", "", "ReplicationController"},
    {"facts.targetExists", "apps", "Deployment"},
    {"facts.targetExists", "apps", "ReplicaSet"},
    {"facts.targetExists", "apps", "StatefulSet"},
    {"facts.missingSecrets", "", "Secret"},
    {"facts.missingSecrets", "bitnami.com", "SealedSecret"},
    {"facts.missingSecrets", "cert-manager.io", "Certificate"},
    {"facts.missingSecrets", "external-secrets.io", "ExternalSecret"},
    {"facts.roleExists", rbac, "Role"},
    {"facts.roleExists", rbac, "ClusterRole"},
    {"facts.missingAccounts", "", "ServiceAccount"},
    {"facts.selectsPods", "", "Pod"},
    {"facts.selectsPods", "", "PodTemplate"},
    {"facts.selectsPods", "", "ReplicationController"},
    {"facts.selectsPods", "apps", "DaemonSet"},
    {"facts.selectsPods", "apps", "Deployment"},
    {"facts.selectsPods", "apps", "ReplicaSet"},
    {"facts.selectsPods", "apps", "StatefulSet"},
    {"facts.selectsPods", "batch", "CronJob"},
    {"facts.selectsPods", "batch", "Job"},
    {"facts.unnamedPorts", "", "Pod"},
    {"facts.unnamedPorts", "", "PodTemplate"},
    {"facts.unnamedPorts", "", "ReplicationController"},
    {"facts.unnamedPorts", "apps", "DaemonSet"},
    {"facts.unnamedPorts", "apps", "Deployment"},
    {"facts.unnamedPorts", "apps", "ReplicaSet"},
    {"facts.unnamedPorts", "apps", "StatefulSet"},
    {"facts.unnamedPorts", "batch", "CronJob"},
    {"facts.unnamedPorts", "batch", "Job"},
    {"facts.networkPolicies", networking, "NetworkPolicy"},
    {"facts.networkPolicies", "cilium.io", "CiliumNetworkPolicy"},
    {"facts.networkPolicies", "cilium.io", "CiliumClusterwideNetworkPolicy"},
});

}  // namespace

std::span<const Join> all_joins() {
  return table;
}

namespace {

// memmem() skips ahead, where std::string::find() stops at every first letter. It must not be given an empty text,
// which may have no place in memory.
bool contains(std::string_view text, std::string_view part) {
  return !text.empty() && memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

}  // namespace

std::uint64_t joins_of(const Rule& rule) {
  static_assert(table.size() <= 64);
  std::uint64_t result = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::string_view text = table[i].text;
    const bool found = contains(rule.expression_text, text) || contains(rule.when_text, text);
    result |= std::uint64_t{found} << i;
  }
  return result;
}

bool reads(const Rule& rule, const Join& join) {
  return (rule.joins >> (&join - table.data()) & 1) != 0;
}

std::uint64_t joins_with(std::string_view group, std::string_view kind) {
  std::uint64_t result = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i].kind == kind && table[i].group == group) result |= std::uint64_t{1} << i;
  }
  return result;
}

}  // namespace kastell::policy
