#include "policy/facts/selected_pods.h"

#include <algorithm>
#include <functional>

#include "kube/pod_view.h"
#include "kube/selectors.h"
#include "policy/facts/members.h"
#include "policy/facts/named_ports.h"

namespace kastell::policy {

using document::Node;
using snapshot::Object;

namespace {

const Node* labels_at(const Node& object, kube::PathView metadata_path) {
  const Node* metadata = document::find(object, metadata_path);
  return member(metadata, symbols::labels);
}

// The labels that a selector demands outright, if any.
const Node* demanded_labels(const Node& selector, bool plain) {
  const Node* labels = plain ? &selector : selector.find(symbols::matchLabels);
  return labels != nullptr && labels->is_object() && labels->size > 0 ? labels : nullptr;
}

}  // namespace

std::size_t SelectedPods::LabelHash::operator()(const Label& label) const {
  return std::hash<std::string_view>()(label.value) * 31 + static_cast<std::size_t>(label.key);
}

SelectedPods::SelectedPods(const snapshot::Snapshot& snapshot)
    : snapshot_(snapshot), selects_(snapshot.objects().size()) {
  add_selectors("", "Service", symbols::selector, true);
  add_selectors("networking.k8s.io", "NetworkPolicy", symbols::podSelector, false);
  add_selectors("policy", "PodDisruptionBudget", symbols::selector, false);
  if (selectors_.empty()) return;
  Arena arena(16 * 1024);
  for (const Object& object : snapshot.objects()) add_pods(object, arena);
}

void SelectedPods::add_selectors(std::string_view group, std::string_view kind, Symbol field, bool plain) {
  for (const auto id : snapshot_.of_kind(group, kind)) {
    const Object& object = snapshot_.object(id);
    const Node* selector = member(object.root.find(symbols::spec), field);
    if (selector == nullptr) continue;
    const auto number = static_cast<std::uint32_t>(selectors_.size());
    selectors_.push_back({id, object.effective_namespace(), selector, plain});
    const Node* labels = demanded_labels(*selector, plain);
    if (labels == nullptr) {
      others_.push_back(number);
    } else {
      by_label_[{labels->member_keys()[0], labels->items[0].as_string()}].push_back(number);
    }
  }
}

void SelectedPods::add_pods(const Object& object, Arena& arena) {
  arena.reset();
  for (const auto& location : kube::find_pods(object.root, snapshot_.symbols(), arena)) {
    const Node* labels = labels_at(object.root, location.metadata_path);
    mark(others_, object.effective_namespace(), labels);
    if (labels == nullptr || by_label_.empty()) continue;
    const auto keys = labels->member_keys();
    for (std::uint32_t i = 0; i < keys.size(); ++i) {
      const auto at = by_label_.find({keys[i], labels->items[i].as_string()});
      if (at != by_label_.end()) mark(at->second, object.effective_namespace(), labels);
    }
  }
}

// Selectors that have found a pod are done.
void SelectedPods::mark(std::vector<std::uint32_t>& numbers, std::string_view name_space, const Node* labels) {
  std::erase_if(numbers, [&](std::uint32_t number) {
    const Selector& selector = selectors_[number];
    const bool found = selector.name_space == name_space && matches(selector, labels);
    if (found) selects_[selector.id] = true;
    return found;
  });
}

bool SelectedPods::matches(const Selector& selector, const Node* labels) const {
  // What cannot be read may select anything.
  if (!selector.plain) return kube::selects(*selector.selector, labels, snapshot_.symbols()).value_or(true);
  return selects_plainly(*selector.selector, labels);
}

}  // namespace kastell::policy
