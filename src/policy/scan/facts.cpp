#include "policy/scan/facts.h"

#include <algorithm>
#include <array>
#include <functional>

#include "kube/selectors.h"

namespace kastell::policy {

using document::make_list;
using document::make_object;
using document::Member;
using document::Node;
using snapshot::Object;

namespace {

const Node* member(const Node* object, Symbol key) {
  return object == nullptr ? nullptr : object->find(key);
}

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

void add_names(const snapshot::Snapshot& snapshot, std::string_view kind, const auto& add) {
  for (const auto id : snapshot.of_kind("", kind)) {
    const Object& object = snapshot.object(id);
    add(object.effective_namespace(), Node::make_string(object.name));
  }
}

}  // namespace

std::size_t Facts::LabelHash::operator()(const Label& label) const {
  return std::hash<std::string_view>()(label.value) * 31 + static_cast<std::size_t>(label.key);
}

Facts::Facts(const snapshot::Snapshot& snapshot, const Parameters& parameters)
    : snapshot_(snapshot), components_(snapshot), objects_(snapshot, parameters) {
  for (const auto id : snapshot.of_kind("networking.k8s.io", "NetworkPolicy")) add_policy(snapshot.object(id));
  const auto space = [this](std::string_view name) -> Namespace& { return namespaces_[std::string(name)]; };
  add_names(snapshot, "ResourceQuota",
            [&space](std::string_view in, const Node& name) { space(in).resource_quotas.push_back(name); });
  add_names(snapshot, "LimitRange",
            [&space](std::string_view in, const Node& name) { space(in).limit_ranges.push_back(name); });
}

void Facts::add_policy(const Object& object) {
  Namespace& space = namespaces_[std::string(object.effective_namespace())];
  const Node* spec = object.root.find(symbols::spec);
  const Node* types = member(spec, symbols::policyTypes);
  const Node* ingress = member(spec, symbols::ingress);
  const Node* egress = member(spec, symbols::egress);
  const Node* selector = member(spec, symbols::podSelector);
  if (spec == nullptr || (types != nullptr && !types->is_list())) {
    space.network_problem = "NetworkPolicy " + std::string(object.name) + " is not well formed";
    return;
  }
  // networking/v1 defaults: Ingress always, Egress where there are egress rules.
  const bool defaulted = is_empty_list(types);
  const bool every_pod = selector == nullptr || (selector->is_object() && selector->size == 0);
  NetworkPolicy policy{object.name,
                       every_pod ? nullptr : selector,
                       defaulted || lists(types, "Ingress"),
                       defaulted ? !is_empty_list(egress) : lists(types, "Egress"),
                       false,
                       false};
  policy.denies_ingress = every_pod && policy.ingress && is_empty_list(ingress);
  policy.denies_egress = every_pod && policy.egress && is_empty_list(egress);
  if (!every_pod) {
    if (const auto readable = kube::selects(*selector, nullptr, snapshot_.symbols()); !readable) {
      space.network_problem = "NetworkPolicy " + std::string(object.name) + ": " + readable.error().message;
      return;
    }
  }
  const auto number = static_cast<std::uint32_t>(space.policies.size());
  space.policies.push_back(policy);
  const Node* labels = match_labels(policy.selector);
  if (labels == nullptr) {
    space.others.push_back(number);
  } else {
    space.by_label[{labels->member_keys()[0], labels->items[0].as_string()}].push_back(number);
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
  if (!id) return Node::make_null();
  std::array<Member, 2> members{{{symbols::name, Node::make_string(name)}}};
  const Node* automount = snapshot_.object(*id).root.find(symbols::automountServiceAccountToken);
  if (automount != nullptr) members[1] = {symbols::automount, *automount};
  return make_object(arena, {members.data(), automount == nullptr ? 1U : 2U}, false);
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

std::string_view Facts::network_problem(std::string_view name_space) const {
  const Namespace* space = find(name_space);
  return space == nullptr ? std::string_view{} : std::string_view{space->network_problem};
}

}  // namespace kastell::policy
