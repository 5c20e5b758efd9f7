#include "policy/facts/cluster_role_rights.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "kube/selectors.h"

namespace kastell::policy {

using document::Member;
using document::Node;
using snapshot::Object;
using snapshot::ObjectId;
using snapshot::Snapshot;

namespace {

constexpr std::string_view rbac = "rbac.authorization.k8s.io";
constexpr std::string_view to_admin = "rbac.authorization.k8s.io/aggregate-to-admin",
                           to_edit = "rbac.authorization.k8s.io/aggregate-to-edit",
                           to_view = "rbac.authorization.k8s.io/aggregate-to-view";

// Roles that every cluster has (plugin/pkg/auth/authorizer/rbac/bootstrappolicy): what they grant of themselves, the
// label they carry, and the label of what is aggregated into them.
struct GivenRole {
  std::string_view name;
  Rights rights;
  std::string_view label, aggregates;
};
constexpr Rights of_edit = bit(Right::read_secrets) | bit(Right::write_workloads) | bit(Right::exec);
constexpr auto given_roles = std::to_array<GivenRole>({
    {"cluster-admin", bit(Right::everything), {}, {}},
    {"admin", 0, {}, to_admin},
    {"edit", 0, to_admin, to_edit},
    {"view", 0, to_edit, to_view},
    {"system:aggregate-to-admin", bit(Right::write_rbac), to_admin, {}},
    {"system:aggregate-to-edit", of_edit, to_edit, {}},
    {"system:aggregate-to-view", 0, to_view, {}},
});

const Node* labels_of(const Object& object) {
  const Node* metadata = object.root.find(symbols::metadata);
  return metadata == nullptr ? nullptr : metadata->find(symbols::labels);
}

// The roles that one role takes in, directly or through others: each once, so that a circle of them ends.
class Aggregation {
 public:
  Aggregation(const Snapshot& snapshot, std::size_t& comparisons) : snapshot_(snapshot), comparisons_(comparisons) {}

  Rights of(std::string_view name) {
    take(name);
    for (std::size_t next = 0; next < taken_.size(); ++next) expand(taken_[next]);
    return rights_;
  }

 private:
  void take(std::string_view name) {
    if (seen_.insert(name).second) taken_.push_back(name);
  }
  void expand(std::string_view name) {
    if (const auto id = snapshot_.find(rbac, "ClusterRole", {}, name)) return expand(snapshot_.object(*id).root);
    const auto* given = std::ranges::find(given_roles, name, &GivenRole::name);
    if (given == given_roles.end()) return;
    rights_ |= given->rights;
    if (!given->aggregates.empty() && may_compare()) take_labelled(given->aggregates);
  }
  void expand(const Node& role) {
    rights_ |= rights_of_rules(role);
    const Node* rule = role.find(symbols::aggregationRule);
    const Node* selectors = rule == nullptr ? nullptr : rule->find(symbols::clusterRoleSelectors);
    if (selectors == nullptr) return;
    for (const Node& selector : selectors->as_list()) {
      if (may_compare()) take_selected(selector);
    }
  }
  bool may_compare() {
    comparisons_ += snapshot_.of_kind(rbac, "ClusterRole").size();
    if (comparisons_ <= ClusterRoleRights::most_comparisons) return true;
    rights_ |= bit(Right::everything);
    return false;
  }
  void take_selected(const Node& selector) {
    for (const ObjectId id : snapshot_.of_kind(rbac, "ClusterRole")) {
      const Object& role = snapshot_.object(id);
      if (selects(selector, labels_of(role))) take(role.name);
    }
    for (const GivenRole& given : given_roles) {
      if (!is_written(given) && selects_label(selector, given.label)) take(given.name);
    }
  }
  void take_labelled(std::string_view label) {
    for (const ObjectId id : snapshot_.of_kind(rbac, "ClusterRole")) {
      const Object& role = snapshot_.object(id);
      if (carries(labels_of(role), label)) take(role.name);
    }
    for (const GivenRole& given : given_roles) {
      if (!is_written(given) && given.label == label) take(given.name);
    }
  }

  bool is_written(const GivenRole& given) const {
    return snapshot_.find(rbac, "ClusterRole", {}, given.name).has_value();
  }
  bool selects(const Node& selector, const Node* labels) const {
    return kube::selects(selector, labels, snapshot_.symbols()).value_or(true);
  }
  bool selects_label(const Node& selector, std::string_view label) const {
    if (label.empty()) return selects(selector, nullptr);
    Arena arena;
    const std::array<Member, 1> labels{{{snapshot_.shared_symbols()->intern(label), Node::make_string("true")}}};
    const Node object = make_object(arena, labels, false);
    return selects(selector, &object);
  }
  bool carries(const Node* labels, std::string_view label) const {
    const Node* value = labels == nullptr ? nullptr : labels->find(snapshot_.shared_symbols()->intern(label));
    return value != nullptr && value->as_string() == "true";
  }

  const Snapshot& snapshot_;
  std::size_t& comparisons_;
  std::vector<std::string_view> taken_;
  std::set<std::string_view> seen_;
  Rights rights_ = 0;
};

}  // namespace

Rights rights_of_rules(const Node& role) {
  Rights rights = 0;
  const Node* rules = role.find(symbols::rules);
  if (rules == nullptr) return rights;
  for (const Node& rule : rules->as_list()) rights |= rights_of_rule(rule);
  return rights;
}

Rights ClusterRoleRights::of(std::string_view name) {
  const auto [at, is_new] = known_.try_emplace(name, Rights{0});
  if (is_new) at->second = Aggregation(snapshot_, comparisons_).of(name);
  return at->second;
}

}  // namespace kastell::policy
