#include "policy/scan/facts.h"

#include <algorithm>
#include <array>
#include <functional>

#include "base/quantity.h"
#include "kube/object_types.h"
#include "kube/pod_view.h"
#include "kube/selectors.h"
#include "policy/facts/members.h"
#include "policy/facts/resource_bounds.h"
#include "policy/scan/doubt.h"
#include "policy/scan/unread_kinds.h"

namespace kastell::policy {

using document::make_list;
using document::make_object;
using document::Member;
using document::Node;
using snapshot::Object;

namespace {

bool lists(const Node* list, std::string_view text) {
  return list != nullptr &&
         std::ranges::any_of(list->as_list(), [text](const Node& item) { return item.as_string() == text; });
}

bool is_empty_list(const Node* list) {
  return list == nullptr || (list->is_list() && list->size == 0);
}

// The label that every selected pod must carry: the first of matchLabels.
const Node* match_labels(const Node* selector) {
  const Node* labels = member(selector, symbols::matchLabels);
  return labels != nullptr && labels->is_object() && labels->size > 0 ? labels : nullptr;
}

// A well-formed LabelSelector: {}, {matchLabels: {}}, {matchExpressions: []}.
bool asks_for_nothing(const Node* selector) {
  return selector == nullptr ||
         std::ranges::all_of(selector->member_values(), [](const Node& part) { return part.size == 0; });
}

// A quantity of 0 bounds nothing, and what is none neither.
bool is_bound(const Node& quantity) {
  if (quantity.kind == document::Kind::integer) return quantity.integer != 0;
  if (quantity.kind == document::Kind::floating) return quantity.floating != 0;
  const auto parsed = parse_quantity(quantity.as_string());
  return parsed && !parsed->quantity.is_zero();
}

// cpu and memory, if they have a quantity there.
constexpr std::array<std::pair<Symbol, std::string_view>, 2> bounded_resources{
    {{symbols::cpu, "cpu"}, {symbols::memory, "memory"}}};

void add_resources(const Node* quantities, std::vector<std::string_view>& names) {
  for (const auto& [key, name] : bounded_resources) {
    const Node* quantity = member(quantities, key);
    if (quantity != nullptr && is_bound(*quantity)) names.push_back(name);
  }
}

// "NetworkPolicy shop/deny"; with its group where the kind alone is ambiguous.
std::string title_of(const Object& object, bool namespaced) {
  std::string title;
  if (object.kind == "NetworkPolicy" && object.group() != "networking.k8s.io")
    title = std::string(object.group()) + "/";
  title += object.kind;
  title += ' ';
  if (namespaced) title += std::string(object.effective_namespace()) + "/";
  return title += object.name;
}

bool has_readable_namespace(const Object& object) {
  const Node* metadata = object.root.find(symbols::metadata);
  const Node* name = member(metadata, symbols::namespace_);
  return (metadata == nullptr || metadata->is_object()) && (name == nullptr || name->is_string());
}

// Each pod is compared with each of them; beyond the limit they count as policies that select every pod.
constexpr std::size_t selective_policy_limit = 64;

// Of several the first, but what is broken before what is only not read.
void add_gap(std::optional<Gap>& gap, Gap added) {
  if (!gap || (added.broken && !gap->broken)) gap = std::move(added);
}

}  // namespace

std::size_t Facts::LabelHash::operator()(const Label& label) const {
  return std::hash<std::string_view>()(label.value) * 31 + static_cast<std::size_t>(label.key);
}

// Whether there can be no roles and bindings beside those of the snapshot.
static bool sees_all_rights(const snapshot::Snapshot& snapshot, const DarkKinds& dark) {
  constexpr std::string_view rbac = "rbac.authorization.k8s.io";
  return snapshot.world() == snapshot::World::closed && !dark.has(rbac, "Role") && !dark.has(rbac, "ClusterRole") &&
         !dark.has(rbac, "RoleBinding") && !dark.has(rbac, "ClusterRoleBinding");
}

Facts::Facts(const snapshot::Snapshot& snapshot, const Parameters& parameters, cel::KubernetesVersion version)
    : snapshot_(snapshot),
      pods_have_resources_(version >= cel::KubernetesVersion{1, 34}),  // PodLevelResources, on by default
      dark_(snapshot),
      components_(snapshot),
      objects_(snapshot, parameters, sees_all_rights(snapshot, dark_), version.minor),
      fields_(snapshot, kube::covered_minor(version.minor)) {
  join(JoinedKind::network_policy, "networking.k8s.io", "NetworkPolicy");
  join(JoinedKind::resource_quota, "", "ResourceQuota");
  join(JoinedKind::limit_range, "", "LimitRange");
  add_unread_kinds();
  join_selected_pods();
  check_service_accounts();
}

Facts::Namespace& Facts::name_space_of(const Object& object) {
  return namespaces_[std::string(object.effective_namespace())];
}

// Where a field is not of its type; empty if all are.
std::string Facts::type_problem(const Object& object) {
  arena_.reset();
  const auto problems = kube::find_type_problems(object.root, object.group(), object.kind, arena_);
  return problems.empty() ? std::string{} : to_reason(problems[0].path, problems[0].message, snapshot_.symbols());
}

// Why the object is not well formed; empty if it is.
std::string Facts::problem_of(JoinedKind kind, const Object& object) {
  std::string problem = type_problem(object);
  if (!problem.empty() || kind != JoinedKind::network_policy) return problem;
  const Node* spec = object.root.find(symbols::spec);
  if (spec == nullptr) return "spec: expected an object, found nothing";
  const Node* selector = member(spec, symbols::podSelector);
  if (selector == nullptr) return {};
  const auto readable = kube::selects(*selector, nullptr, snapshot_.symbols());
  return readable ? std::string{} : readable.error().message;
}

void Facts::join(JoinedKind kind, std::string_view group, std::string_view name) {
  for (const auto id : snapshot_.of_kind(group, name)) {
    const Object& object = snapshot_.object(id);
    const std::string problem = problem_of(kind, object);
    if (problem.empty()) {
      add(kind, object);
      continue;
    }
    const bool placed = has_readable_namespace(object);
    Gaps& gaps = placed ? name_space_of(object).gaps : everywhere_;
    add_gap(gaps[static_cast<std::size_t>(kind)], {title_of(object, placed) + ": " + problem, true});
  }
}

void Facts::add(JoinedKind kind, const Object& object) {
  switch (kind) {
    case JoinedKind::network_policy: return add_policy(object);
    case JoinedKind::resource_quota:
      if (!bounds_pods(object.root, snapshot_.symbols())) return;
      return name_space_of(object).resource_quotas.push_back(Node::make_string(object.name));
    case JoinedKind::limit_range: return add_limit_range(object);
  }
}

void Facts::add_unread_kinds() {
  for (const UnreadKind& unread : unread_kinds) {
    for (const auto id : snapshot_.of_kind(unread.group, unread.kind)) {
      const Object& object = snapshot_.object(id);
      const bool placed = !unread.cluster_wide && has_readable_namespace(object);
      Gap gap{title_of(object, placed) + " is not read"};
      SelectivePolicies& selective = placed ? name_space_of(object).selective : selective_everywhere_;
      if (unread.group == "cilium.io" && add_selective(object, selective, gap)) continue;
      Gaps& gaps = placed ? name_space_of(object).gaps : everywhere_;
      add_gap(gaps[static_cast<std::size_t>(unread.stands_for)], std::move(gap));
    }
  }
}

// False if it is not known which pods it does not select.
bool Facts::add_selective(const Object& object, SelectivePolicies& policies, Gap gap) {
  if (policies.size() == selective_policy_limit || dark_.has("", "Pod")) return false;
  auto selectors = endpoint_selectors(object, snapshot_.symbols());
  if (!selectors) return false;
  policies.push_back({std::move(*selectors), std::move(gap)});
  return true;
}

// Which namespaces have pods that a clusterwide policy may select.
void Facts::join_selected_pods() {
  if (selective_everywhere_.empty()) return;
  for (const Object& object : snapshot_.objects()) {
    arena_.reset();
    for (const auto& location : kube::find_pods(object.root, snapshot_.symbols(), arena_)) {
      const Node* metadata = document::find(object.root, location.metadata_path);
      const Node* labels = member(metadata, symbols::labels);
      for (const SelectivePolicy& policy : selective_everywhere_) {
        if (!may_select(policy.selectors, labels, snapshot_.symbols())) continue;
        add_gap(name_space_of(object).selects_pods, policy.gap);
      }
    }
  }
}

void Facts::check_service_accounts() {
  for (const auto id : snapshot_.of_kind("", "ServiceAccount")) {
    const Object& object = snapshot_.object(id);
    const std::string problem = type_problem(object);
    if (!problem.empty()) broken_accounts_[id] = title_of(object, has_readable_namespace(object)) + ": " + problem;
  }
}

// A well-formed one.
void Facts::add_policy(const Object& object) {
  const Node* spec = object.root.find(symbols::spec);
  const Node* types = member(spec, symbols::policyTypes);
  const Node* ingress = member(spec, symbols::ingress);
  const Node* egress = member(spec, symbols::egress);
  const Node* selector = member(spec, symbols::podSelector);
  // networking/v1 defaults: Ingress always, Egress where there are egress rules.
  const bool defaulted = is_empty_list(types);
  const bool every_pod = asks_for_nothing(selector);
  NetworkPolicy policy{object.name,
                       every_pod ? nullptr : selector,
                       defaulted || lists(types, "Ingress"),
                       defaulted ? !is_empty_list(egress) : lists(types, "Egress"),
                       false,
                       false};
  policy.denies_ingress = every_pod && policy.ingress && is_empty_list(ingress);
  policy.denies_egress = every_pod && policy.egress && is_empty_list(egress);
  Namespace& space = name_space_of(object);
  const auto number = static_cast<std::uint32_t>(space.policies.size());
  space.policies.push_back(policy);
  const Node* labels = match_labels(policy.selector);
  if (labels == nullptr) {
    space.others.push_back(number);
  } else {
    space.by_label[{labels->member_keys()[0], labels->items[0].as_string()}].push_back(number);
  }
}

// LimitRanger gives what a container lacks; the API server itself gives a LimitRange what it lacks
// (core/v1: SetDefaults_LimitRangeItem): a limit is at most max, a request is the limit, or else min. Requests alone
// bound nothing.
void Facts::add_limit_range(const Object& object) {
  Namespace& space = name_space_of(object);
  if (bounds_containers(object.root, snapshot_.symbols())) {
    space.limit_ranges.push_back(Node::make_string(object.name));
  }
  for (const Node& item : items(member(object.root.find(symbols::spec), symbols::limits))) {
    if (text(item.find(symbols::type)) != "Container") continue;
    for (const Symbol key : {symbols::default_, symbols::max}) add_resources(item.find(key), space.defaults.limits);
    for (const Symbol key : {symbols::defaultRequest, symbols::default_, symbols::max, symbols::min}) {
      add_resources(item.find(key), space.defaults.requests);
    }
  }
}

const Facts::Namespace* Facts::find(std::string_view name_space) const {
  const auto at = namespaces_.find(name_space);
  return at == namespaces_.end() ? nullptr : &at->second;
}

std::vector<std::uint32_t> Facts::candidates(const Namespace& space, const Node* labels) const {
  std::vector<std::uint32_t> numbers = space.others;
  if (labels == nullptr || space.by_label.empty()) return numbers;
  const auto keys = labels->member_keys();
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    const auto at = space.by_label.find({keys[i], labels->items[i].as_string()});
    if (at != space.by_label.end()) numbers.insert(numbers.end(), at->second.begin(), at->second.end());
  }
  std::ranges::sort(numbers);
  return numbers;
}

Node Facts::network_policies(std::string_view name_space, const Node* labels, Arena& arena) const {
  std::vector<Node> ingress, egress;
  if (const Namespace* space = find(name_space)) {
    for (const std::uint32_t number : candidates(*space, labels)) {
      const NetworkPolicy& policy = space->policies[number];
      const bool selected =
          policy.selector == nullptr || kube::selects(*policy.selector, labels, snapshot_.symbols()).value_or(false);
      if (selected && policy.ingress) ingress.push_back(Node::make_string(policy.name));
      if (selected && policy.egress) egress.push_back(Node::make_string(policy.name));
    }
  }
  const std::array<Member, 2> members{
      {{symbols::ingress, make_list(arena, ingress)}, {symbols::egress, make_list(arena, egress)}}};
  return make_object(arena, members, false);
}

Node Facts::service_account(std::string_view name_space, std::string_view name, Arena& arena) const {
  const auto id = snapshot_.find("", "ServiceAccount", name_space, name);
  if (!id || broken_accounts_.contains(*id)) return Node::make_null();
  std::array<Member, 2> members{{{symbols::name, Node::make_string(name)}}};
  const Node* automount = snapshot_.object(*id).root.find(symbols::automountServiceAccountToken);
  if (automount != nullptr) members[1] = {symbols::automount, *automount};
  return make_object(arena, {members.data(), automount == nullptr ? 1U : 2U}, false);
}

std::string_view Facts::service_account_problem(std::string_view name_space, std::string_view name) const {
  if (broken_accounts_.empty()) return {};
  const auto id = snapshot_.find("", "ServiceAccount", name_space, name);
  const auto at = id ? broken_accounts_.find(*id) : broken_accounts_.end();
  return at == broken_accounts_.end() ? std::string_view{} : std::string_view{at->second};
}

Node Facts::bounds(std::string_view name_space, const Node* pod_resources, Arena& arena) const {
  static const Defaults nothing{};
  const Namespace* space = find(name_space);
  const Defaults& given = space == nullptr ? nothing : space->defaults;
  const Node* own = pods_have_resources_ ? pod_resources : nullptr;
  const auto list = [&](const std::vector<std::string_view>& defaults, std::initializer_list<Symbol> keys) {
    if (defaults.empty() && own == nullptr) return make_list(arena, std::span<const Node>{});
    std::vector<std::string_view> names = defaults;
    for (const Symbol key : keys) add_resources(member(own, key), names);
    std::vector<Node> nodes;
    for (const std::string_view name : names) nodes.push_back(Node::make_string(name));
    return make_list(arena, nodes);
  };
  // What is limited and not requested is requested as it is limited.
  const std::array<Member, 2> members{{
      {symbols::limits, list(given.limits, {symbols::limits})},
      {symbols::requests, list(given.requests, {symbols::requests, symbols::limits})},
  }};
  return make_object(arena, members, false);
}

Node Facts::namespace_facts(std::string_view name_space, Arena& arena) const {
  static const Namespace nothing{};
  const Namespace* found = find(name_space);
  const Namespace& space = found == nullptr ? nothing : *found;
  const auto any = [&space](bool NetworkPolicy::* denies) {
    return Node::make_boolean(std::ranges::any_of(space.policies, denies));
  };
  const std::array<Member, 4> members{{
      {symbols::resourceQuotas, make_list(arena, space.resource_quotas)},
      {symbols::limitRanges, make_list(arena, space.limit_ranges)},
      {symbols::defaultDenyIngress, any(&NetworkPolicy::denies_ingress)},
      {symbols::defaultDenyEgress, any(&NetworkPolicy::denies_egress)},
  }};
  return make_object(arena, members, false);
}

// Of the policies whose selectors are known, the first that may select it. No set of them selects every pod of a
// namespace unless one of them selects a pod without labels.
const Gap* Facts::selective_gap(const Governed& governed, const Namespace* space) const {
  const bool any = governed.what == Governed::What::anything;
  const auto find_in = [&](const SelectivePolicies& policies) -> const Gap* {
    const auto at = std::ranges::find_if(policies, [&](const SelectivePolicy& policy) {
      return any || may_select(policy.selectors, governed.labels, snapshot_.symbols());
    });
    return at == policies.end() ? nullptr : &at->gap;
  };
  const Gap* here = space == nullptr ? nullptr : find_in(space->selective);
  if (here != nullptr) return here;
  const bool of_its_pods = governed.what == Governed::What::whole_namespace && space != nullptr && space->selects_pods;
  return of_its_pods ? &*space->selects_pods : find_in(selective_everywhere_);
}

const Gap* Facts::gap(JoinedKind kind, const Governed& governed) const {
  const auto number = static_cast<std::size_t>(kind);
  const Namespace* space = find(governed.name_space);
  const auto* here = space != nullptr && space->gaps[number] ? &*space->gaps[number] : nullptr;
  const auto* everywhere = everywhere_[number] ? &*everywhere_[number] : nullptr;
  const bool everywhere_first = everywhere != nullptr && (here == nullptr || (everywhere->broken && !here->broken));
  const Gap* gap = everywhere_first ? everywhere : here;
  return gap == nullptr && kind == JoinedKind::network_policy ? selective_gap(governed, space) : gap;
}

}  // namespace kastell::policy
