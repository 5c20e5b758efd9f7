// Facts that join an object, a pod or an RBAC rule with the rest of the input, as CEL data.
//
// Made once per scan, then read from any thread. Parts that only some controls read are made when first asked for.
// Who adds a member declares the kinds it brings in (catalog/joins.cpp).
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "policy/control.h"
#include "policy/facts/missing_references.h"
#include "policy/facts/named_ports.h"
#include "policy/facts/role_rights.h"
#include "policy/facts/selected_pods.h"
#include "snapshot/snapshot.h"

namespace kastell::policy {

class ObjectFacts {
 public:
  // `all_rights`: there can be no roles and bindings beside those of the snapshot. `minor` of Kubernetes 1.
  ObjectFacts(const snapshot::Snapshot& snapshot, const Parameters& parameters, bool all_rights, unsigned minor);

  // Members beside a pod's view: missing (facts/missing_references.h), rights (facts/role_rights.h), kubeletVersions
  // (the different ones of the Nodes), projectsToken (a volume has a token of the account for the API server), and
  // credentials: texts of env, command and args that are some (kube/credential_forms.h); credentialWords: those of
  // command and args that are some by the flag before them; parameters holds what the user gave by --param.
  static constexpr std::size_t pod_member_count = 7;
  void append_pod_members(const document::Node& pod, std::string_view name_space, std::string_view account,
                          document::Member* members, Arena& arena) const;

  // `facts` of an object, by kind:
  //   Service, NetworkPolicy, PodDisruptionBudget   selectsPods; of the first two unnamedPorts (facts/named_ports.h),
  //                                                 which is not there if asking would cost too much
  //   Ingress                                       missingServices, missingPorts (by Service), missingSecrets
  //   (Cluster)RoleBinding                          roleExists, missingAccounts
  //   …WebhookConfiguration                         missingServices ("namespace/name")
  //   HorizontalPodAutoscaler                       targetExists
  //   Namespace                                     networkPolicies
  //   ConfigMap                                     credentialNames (keys that are named like one), credentialKeys
  //   (keys
  //                                                 of texts that hold one)
  document::Node of_object(const snapshot::Object& object, Arena& arena) const;

  // `facts` of a rule of a Role or ClusterRole: unknownResources, clusterScopedResources (in a Role: never granted).
  document::Node of_rule(const document::Node& rule, const document::Node& role, Arena& arena) const;

 private:
  struct Keys;
  document::Node selected(const snapshot::Object& object, Arena& arena) const;
  std::optional<document::Node> unnamed_ports(const snapshot::Object& object, Arena& arena) const;
  std::vector<const document::Node*> backends_of(const snapshot::Object& ingress) const;
  document::Node missing_ports(const snapshot::Object& ingress, std::span<const document::Node* const> backends,
                               Arena& arena) const;
  document::Node of_ingress(const snapshot::Object& object, Arena& arena) const;
  document::Node of_binding(const snapshot::Object& object, Arena& arena) const;
  document::Node of_webhooks(const snapshot::Object& object, Arena& arena) const;
  document::Node of_autoscaler(const snapshot::Object& object, Arena& arena) const;
  document::Node of_namespace(const snapshot::Object& object, Arena& arena) const;
  document::Node of_config_map(const snapshot::Object& object, Arena& arena) const;
  document::Node make_parameters(const Parameters& parameters);
  document::Node credentials_of(const document::Node& pod, Arena& arena) const;
  document::Node credential_words_of(const document::Node& pod, Arena& arena) const;

  const snapshot::Snapshot& snapshot_;
  std::unique_ptr<const Keys> keys_;
  MissingReferences missing_;
  AccountRights rights_;
  document::Node kubelet_versions_, parameters_, nothing_;
  mutable std::once_flag selecting_;
  mutable std::unique_ptr<const SelectedPods> selected_;
  mutable std::once_flag naming_;
  mutable std::unique_ptr<const NamedPorts> named_ports_;
  Arena arena_;

 public:
  ~ObjectFacts();
};

}  // namespace kastell::policy
