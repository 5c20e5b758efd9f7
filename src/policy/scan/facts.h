// Derived facts that join objects, as CEL data: which network policies govern a pod, what its service account
// says, what a namespace holds.
//
// An object that is not well formed is no fact: it leaves a gap, and what would rest on its absence is not known.
//
// Built once per scan, then read from any thread. Look-ups are by index: their cost depends on the labels of the
// pod and the policies that may select it, not on how many objects there are.
#pragma once

#include <array>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "policy/control.h"
#include "policy/facts/cilium_selectors.h"
#include "policy/facts/field_facts.h"
#include "policy/facts/object_facts.h"
#include "policy/scan/components.h"
#include "policy/scan/dark_kinds.h"
#include "snapshot/snapshot.h"

namespace kastell::policy {

// Why it is not known what a namespace holds of a kind.
struct Gap {
  std::string reason;
  bool broken = false;  // an object of the kind is not well formed; else one of a kind that is not read may do the same
};

// What a joined kind's objects are asked about: a pod with these labels, a Namespace, or anything else of a namespace.
struct Governed {
  enum class What : std::uint8_t { anything, pod, whole_namespace };

  What what = What::anything;
  std::string_view name_space;
  const document::Node* labels = nullptr;  // of a pod: an object, or null for none
};

class Facts {
 public:
  // `version` of Kubernetes: whose API the objects are meant for; one that the schemas do not cover means the nearest.
  explicit Facts(const snapshot::Snapshot& snapshot, const Parameters& parameters = {},
                 cel::KubernetesVersion version = cel::newest_kubernetes);

  // {ingress: [names], egress: [names]} of the policies of the namespace that select a pod with these labels
  // (an object, or null for none).
  document::Node network_policies(std::string_view name_space, const document::Node* labels, Arena& arena) const;

  // {name, automount?} of the ServiceAccount, or null if it is not in the snapshot or not well formed.
  document::Node service_account(std::string_view name_space, std::string_view name, Arena& arena) const;
  // Why the ServiceAccount is not well formed; empty if it is, or is not there.
  std::string_view service_account_problem(std::string_view name_space, std::string_view name) const;

  // {limits: [resources], requests: [resources]}: what bounds, and what is requested for, containers that do not say it
  // themselves: by LimitRanges of the namespace, and by the pod's own resources (null if it has none) from Kubernetes
  // 1.34 on.
  document::Node bounds(std::string_view name_space, const document::Node* pod_resources, Arena& arena) const;

  // {resourceQuotas: [names], limitRanges: [names], defaultDenyIngress: bool, defaultDenyEgress: bool}; only those that
  // bound what pods take (facts/resource_bounds.h)
  document::Node namespace_facts(std::string_view name_space, Arena& arena) const;

  const ComponentFacts& components() const { return components_; }

  // What joins an object, a pod or a rule with all the rest.
  const ObjectFacts& objects() const { return objects_; }

  const FieldFacts& fields() const { return fields_; }

  const DarkKinds& dark_kinds() const { return dark_; }

  // Null if all objects of the kind that may concern it are known.
  const Gap* gap(JoinedKind kind, const Governed& governed) const;

 private:
  struct NetworkPolicy {
    std::string_view name;
    const document::Node* selector;  // null: every pod
    bool ingress, egress;            // policyTypes
    bool denies_ingress, denies_egress;
  };
  struct Label {
    Symbol key;
    std::string_view value;
    bool operator==(const Label&) const = default;
  };
  struct LabelHash {
    std::size_t operator()(const Label& label) const;
  };
  using Gaps = std::array<std::optional<Gap>, joined_kind_count>;
  // A policy of Cilium: a gap for what it may select.
  struct SelectivePolicy {
    EndpointSelectors selectors;
    Gap gap;
  };
  using SelectivePolicies = std::vector<SelectivePolicy>;
  // What LimitRanges give containers.
  struct Defaults {
    std::vector<std::string_view> limits, requests;
  };
  struct Namespace {
    std::vector<NetworkPolicy> policies;
    std::unordered_map<Label, std::vector<std::uint32_t>, LabelHash> by_label;  // policies that demand this label
    std::vector<std::uint32_t> others;                                          // policies without matchLabels
    std::vector<document::Node> resource_quotas, limit_ranges;                  // names
    Defaults defaults;
    Gaps gaps;
    SelectivePolicies selective;
    std::optional<Gap> selects_pods;  // a clusterwide policy that may select a pod of the namespace
  };

  void join(JoinedKind kind, std::string_view group, std::string_view name);
  void add(JoinedKind kind, const snapshot::Object& object);
  void add_policy(const snapshot::Object& object);
  void add_limit_range(const snapshot::Object& object);
  void add_unread_kinds();
  bool add_selective(const snapshot::Object& object, SelectivePolicies& policies, Gap gap);
  void join_selected_pods();
  const Gap* selective_gap(const Governed& governed, const Namespace* space) const;
  void check_service_accounts();
  std::string type_problem(const snapshot::Object& object);
  std::string problem_of(JoinedKind kind, const snapshot::Object& object);

  Namespace& name_space_of(const snapshot::Object& object);
  std::vector<std::uint32_t> candidates(const Namespace& space, const document::Node* labels) const;
  const Namespace* find(std::string_view name_space) const;

  const snapshot::Snapshot& snapshot_;
  bool pods_have_resources_;  // of their own, for all of their containers
  DarkKinds dark_;
  ComponentFacts components_;
  ObjectFacts objects_;
  FieldFacts fields_;
  std::map<std::string, Namespace, std::less<>> namespaces_;
  Gaps everywhere_;  // of objects that concern every namespace, or nobody knows which
  SelectivePolicies selective_everywhere_;
  std::unordered_map<snapshot::ObjectId, std::string> broken_accounts_;
  Arena arena_;  // of the problems of one object
};

}  // namespace kastell::policy
