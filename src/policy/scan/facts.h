// Derived facts that join objects, as CEL data: which network policies govern a pod, what its service account
// says, what a namespace holds.
//
// Built once per scan, then read from any thread. Look-ups are by index: their cost depends on the labels of the
// pod and the policies that may select it, not on how many objects there are.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "policy/control.h"
#include "policy/facts/object_facts.h"
#include "policy/scan/components.h"
#include "snapshot/snapshot.h"

namespace kastell::policy {

class Facts {
 public:
  explicit Facts(const snapshot::Snapshot& snapshot, const Parameters& parameters = {});

  // {ingress: [names], egress: [names]} of the policies of the namespace that select a pod with these labels
  // (an object, or null for none).
  document::Node network_policies(std::string_view name_space, const document::Node* labels, Arena& arena) const;

  // {name, automount?} of the ServiceAccount, or null if it is not in the snapshot.
  document::Node service_account(std::string_view name_space, std::string_view name, Arena& arena) const;

  // {resourceQuotas: [names], limitRanges: [names], defaultDenyIngress: bool, defaultDenyEgress: bool}
  document::Node namespace_facts(std::string_view name_space, Arena& arena) const;

  const ComponentFacts& components() const { return components_; }

  // What joins an object, a pod or a rule with all the rest.
  const ObjectFacts& objects() const { return objects_; }

  // Why not all network policies of the namespace could be understood; empty if they could.
  std::string_view network_problem(std::string_view name_space) const;

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
  struct Namespace {
    std::vector<NetworkPolicy> policies;
    std::unordered_map<Label, std::vector<std::uint32_t>, LabelHash> by_label;  // policies that demand this label
    std::vector<std::uint32_t> others;                                          // policies without matchLabels
    std::vector<document::Node> resource_quotas, limit_ranges;                  // names
    std::string network_problem;
  };

  void add_policy(const snapshot::Object& object);
  std::vector<std::uint32_t> candidates(const Namespace& space, const document::Node* labels) const;
  const Namespace* find(std::string_view name_space) const;

  const snapshot::Snapshot& snapshot_;
  ComponentFacts components_;
  ObjectFacts objects_;
  std::map<std::string, Namespace, std::less<>> namespaces_;
};

}  // namespace kastell::policy
