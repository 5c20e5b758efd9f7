#include "policy/facts/role_rights.h"

#include <algorithm>
#include <array>
#include <vector>

#include "kube/rbac_rule.h"

namespace kastell::policy {

using document::Member;
using document::Node;
using snapshot::Object;

namespace {

constexpr std::string_view rbac = "rbac.authorization.k8s.io";

constexpr std::array<std::string_view, right_count> right_names{
    "everything",    "read-secrets",         "write-workloads", "exec",      "escalate", "write-rbac",
    "create-tokens", "approve-certificates", "write-admission", "node-proxy"};

// A right is held by who may use one of the verbs on one of the resources of the group.
struct Grant {
  Right right;
  std::string_view group, resource;
  std::array<std::string_view, 4> verbs;
};
constexpr auto grants = std::to_array<Grant>({
    {Right::read_secrets, "", "secrets", {"get", "list", "watch"}},
    {Right::write_workloads, "", "pods", {"create", "update", "patch"}},
    {Right::write_workloads, "", "replicationcontrollers", {"create", "update", "patch"}},
    {Right::write_workloads, "apps", "deployments", {"create", "update", "patch"}},
    {Right::write_workloads, "apps", "daemonsets", {"create", "update", "patch"}},
    {Right::write_workloads, "apps", "statefulsets", {"create", "update", "patch"}},
    {Right::write_workloads, "apps", "replicasets", {"create", "update", "patch"}},
    {Right::write_workloads, "batch", "jobs", {"create", "update", "patch"}},
    {Right::write_workloads, "batch", "cronjobs", {"create", "update", "patch"}},
    {Right::exec, "", "pods/exec", {"create", "get"}},
    {Right::exec, "", "pods/attach", {"create", "get"}},
    {Right::exec, "", "pods/portforward", {"create", "get"}},
    {Right::exec, "", "pods/ephemeralcontainers", {"update", "patch"}},
    {Right::write_rbac, rbac, "roles", {"create", "update", "patch"}},
    {Right::write_rbac, rbac, "clusterroles", {"create", "update", "patch"}},
    {Right::write_rbac, rbac, "rolebindings", {"create", "update", "patch"}},
    {Right::write_rbac, rbac, "clusterrolebindings", {"create", "update", "patch"}},
    {Right::create_tokens, "", "serviceaccounts/token", {"create"}},
    {Right::approve_certificates, "certificates.k8s.io", "certificatesigningrequests/approval", {"update", "patch"}},
    {Right::write_admission,
     "admissionregistration.k8s.io",
     "validatingwebhookconfigurations",
     {"create", "update", "patch", "delete"}},
    {Right::write_admission,
     "admissionregistration.k8s.io",
     "mutatingwebhookconfigurations",
     {"create", "update", "patch", "delete"}},
    {Right::node_proxy, "", "nodes/proxy", {"get", "create"}},
});

bool is_granted(const Grant& grant, const Node& rule) {
  const std::size_t slash = std::min(grant.resource.find('/'), grant.resource.size());
  const std::string_view resource = grant.resource.substr(0, slash);
  const std::string_view part = grant.resource.substr(std::min(slash + 1, grant.resource.size()));
  return kube::covers_group(rule, grant.group) && kube::covers_resource(rule, resource, part) &&
         std::ranges::any_of(grant.verbs,
                             [&](std::string_view verb) { return !verb.empty() && kube::covers_verb(rule, verb); });
}

// Every verb of accounts and users is impersonate too.
bool impersonates_by_wildcard(const Node& rule) {
  constexpr std::array<std::string_view, 3> whom{"users", "groups", "serviceaccounts"};
  return kube::rule_lists(rule, symbols::verbs, "*") && kube::covers_group(rule, "") &&
         std::ranges::any_of(whom, [&rule](std::string_view who) { return kube::covers_resource(rule, who, {}); });
}

// bind and escalate are words of RBAC's own group; other APIs may have verbs of the same names. Bounded impersonation
// as others than the node of one's own pod is one too: what it is bounded to (impersonate-on:…) stands in other rules.
bool escalates(const Node& rule) {
  constexpr std::array<std::string_view, 4> impersonation{"impersonate", "impersonate:user-info",
                                                          "impersonate:serviceaccount", "impersonate:arbitrary-node"};
  const auto lists = [&rule](std::string_view verb) { return kube::rule_lists(rule, symbols::verbs, verb); };
  return std::ranges::any_of(impersonation, lists) || impersonates_by_wildcard(rule) ||
         (kube::covers_group(rule, rbac) && (lists("escalate") || lists("bind")));
}

// Of single objects, what leads everywhere all the same: the group of administrators, and their role.
bool names_administrators(const Node& rule) {
  const auto named = [&rule](std::string_view name) { return kube::rule_lists(rule, symbols::resourceNames, name); };
  return (named("system:masters") && kube::covers_resource(rule, "groups", {}) &&
          kube::covers_verb(rule, "impersonate")) ||
         (named("cluster-admin") && kube::covers_group(rule, rbac) && kube::covers_verb(rule, "bind"));
}

std::string_view text_of(const Node& object, Symbol key) {
  const Node* text = object.find(key);
  return text == nullptr ? std::string_view{} : text->as_string();
}

}  // namespace

std::string_view name_of(Right right) {
  return right_names[static_cast<std::size_t>(right)];
}

Rights rights_of_rule(const Node& rule) {
  constexpr std::array everything{symbols::verbs, symbols::resources, symbols::apiGroups};
  if (std::ranges::all_of(everything, [&](Symbol list) { return kube::rule_lists(rule, list, "*"); })) {
    return bit(Right::everything);
  }
  // Of single objects: not what leads everywhere. Requests for all of them, or to make one, have the name "".
  if (kube::names_objects(rule) && !kube::rule_lists(rule, symbols::resourceNames, "")) {
    return names_administrators(rule) ? bit(Right::escalate) : 0;
  }
  Rights rights = escalates(rule) ? bit(Right::escalate) : 0;
  for (const Grant& grant : grants) {
    if (is_granted(grant, rule)) rights |= bit(grant.right);
  }
  return rights;
}

Rights rights_of_rules(const Node& role) {
  Rights rights = 0;
  const Node* rules = role.find(symbols::rules);
  if (rules == nullptr) return rights;
  for (const Node& rule : rules->as_list()) rights |= rights_of_rule(rule);
  return rights;
}

void AccountRights::Held::add(Rights rights, bool everywhere, bool at_home) {
  if (everywhere) cluster |= rights;
  if (at_home) own |= rights;
  bound = bound || everywhere || at_home;
}
void AccountRights::Held::add(const Held& other) {
  cluster |= other.cluster;
  own |= other.own;
  bound = bound || other.bound;
}

AccountRights::AccountRights(const snapshot::Snapshot& snapshot, bool complete, unsigned minor)
    : roles_(snapshot, minor), is_complete_(complete) {
  SymbolTable& table = *snapshot.shared_symbols();
  cluster_ = table.intern("cluster");
  bound_ = table.intern("bound");
  complete_ = table.intern("complete");
  for (const auto id : snapshot.of_kind(rbac, "ClusterRoleBinding")) add_binding(snapshot.object(id), {});
  for (const auto id : snapshot.of_kind(rbac, "RoleBinding")) {
    add_binding(snapshot.object(id), snapshot.object(id).effective_namespace());
  }
  none_ = node_of({}, arena_);
}

// A role whose aggregation would take too long counts as granting everything.
Rights AccountRights::rights_of_role(std::string_view kind, std::string_view name_space, std::string_view name) {
  const auto granted = roles_.find(kind, name_space, name, comparisons_);
  if (!granted) return 0;
  Rights rights = granted->is_cut ? bit(Right::everything) : 0;
  for (const Node* role : granted->roles) rights |= rights_of_rules(*role);
  return rights;
}

Rights AccountRights::rights_of_reference(const Node* reference, std::string_view name_space) {
  if (reference == nullptr) return 0;
  const std::string_view kind = text_of(*reference, symbols::kind), name = text_of(*reference, symbols::name);
  if (kind != "ClusterRole") return rights_of_role(kind, name_space, name);
  const auto [at, is_new] = cluster_roles_.try_emplace(name, Rights{0});
  if (is_new) at->second = rights_of_role(kind, {}, name);
  return at->second;
}

void AccountRights::add_binding(const Object& binding, std::string_view name_space) {
  const Rights rights = rights_of_reference(binding.root.find(symbols::roleRef), name_space);
  const Node* subjects = binding.root.find(symbols::subjects);
  if (subjects == nullptr) return;
  for (const Node& subject : subjects->as_list()) add_subject(subject, name_space, rights);
}

// A User or Group may name service accounts too (authentication/serviceaccount: MakeUsername, MakeGroupNames).
void AccountRights::add_subject(const Node& subject, std::string_view name_space, Rights rights) {
  constexpr std::string_view user_prefix = "system:serviceaccount:";
  const std::string_view kind = text_of(subject, symbols::kind), name = text_of(subject, symbols::name);
  if (kind == "ServiceAccount") {
    const std::string_view written = text_of(subject, symbols::namespace_);
    // Without a namespace: the binding's. In a ClusterRoleBinding that matches nobody.
    return add_account(written.empty() ? name_space : written, name, name_space, rights);
  }
  if (kind == "Group") return add_group(name, name_space, rights);
  if (kind != "User" || !name.starts_with(user_prefix)) return;
  const std::string_view account = name.substr(user_prefix.size());
  const std::size_t colon = account.find(':');
  if (colon != std::string_view::npos) {
    add_account(account.substr(0, colon), account.substr(colon + 1), name_space, rights);
  }
}

void AccountRights::add_account(std::string_view account_space, std::string_view name, std::string_view name_space,
                                Rights rights) {
  if (account_space.empty()) return;
  Held& held = by_account_[std::string(account_space) + "/" + std::string(name)];
  held.add(rights, name_space.empty(), name_space == account_space);
}

void AccountRights::add_group(std::string_view group, std::string_view name_space, Rights rights) {
  constexpr std::string_view all = "system:serviceaccounts";
  if (group == all || group == "system:authenticated") {
    Held& held = name_space.empty() ? everybody_ : everybody_in_[std::string(name_space)];
    return held.add(rights, name_space.empty(), !name_space.empty());
  }
  if (!group.starts_with(all) || !group.substr(all.size()).starts_with(':')) return;
  const std::string_view account_space = group.substr(all.size() + 1);
  by_namespace_[std::string(account_space)].add(rights, name_space.empty(), name_space == account_space);
}

Node AccountRights::list_of(Rights rights, Arena& arena) {
  std::vector<Node> words;
  for (std::size_t i = 0; i < right_count; ++i) {
    if ((rights & (1U << i)) != 0) words.push_back(Node::make_string(right_names[i]));
  }
  return make_list(arena, words);
}

Node AccountRights::node_of(const Held& held, Arena& arena) const {
  const std::array<Member, 4> members{{{bound_, Node::make_boolean(held.bound)},
                                       {complete_, Node::make_boolean(is_complete_)},
                                       {cluster_, list_of(held.cluster, arena)},
                                       {symbols::namespace_, list_of(held.own, arena)}}};
  return make_object(arena, members, false);
}

Node AccountRights::of(std::string_view name_space, std::string_view account, Arena& arena) const {
  Held held = everybody_;
  if (const auto at = everybody_in_.find(name_space); at != everybody_in_.end()) held.add(at->second);
  if (const auto at = by_namespace_.find(name_space); at != by_namespace_.end()) held.add(at->second);
  if (!by_account_.empty()) {
    const auto at = by_account_.find(std::string(name_space) + "/" + std::string(account));
    if (at != by_account_.end()) held.add(at->second);
  }
  return held.bound ? node_of(held, arena) : none_;
}

}  // namespace kastell::policy
