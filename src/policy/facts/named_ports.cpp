#include "policy/facts/named_ports.h"

#include <algorithm>
#include <array>

#include "kube/pod_view.h"
#include "kube/selectors.h"
#include "policy/facts/members.h"

namespace kastell::policy {

using document::Node;
using snapshot::Object;

namespace {

// No name of Kubernetes has a line end.
std::string key_of(std::string_view a, std::string_view b, std::string_view c = {}) {
  return std::string(a).append("\n").append(b).append("\n").append(c);
}
std::string_view protocol_of(std::string_view written) {
  return written.empty() ? "TCP" : written;
}

// A text of digits is a number to Kubernetes.
bool is_name(std::string_view port) {
  return std::ranges::any_of(port, [](char c) { return c < '0' || c > '9'; });
}

// Ports of init containers count only while those go on running.
bool goes_on(const Node& init_container) {
  return text(init_container.find(symbols::restartPolicy)) == "Always";
}

}  // namespace

NamedPorts::NamedPorts(const snapshot::Snapshot& snapshot)
    : snapshot_(snapshot),
      target_port_(snapshot.shared_symbols()->intern("targetPort")),
      protocol_(snapshot.shared_symbols()->intern("protocol")) {
  Arena arena(16 * 1024);
  for (const Object& object : snapshot.objects()) add_pods(object, arena);
  const std::size_t asking =
      snapshot.of_kind("", "Service").size() + snapshot.of_kind("networking.k8s.io", "NetworkPolicy").size();
  comparisons_of_object_ = std::max<std::uint64_t>(2000, most_comparisons / std::max<std::size_t>(1, asking));
}

void NamedPorts::add_pods(const Object& object, Arena& arena) {
  arena.reset();
  for (const auto& location : kube::find_pods(object.root, snapshot_.symbols(), arena)) {
    const Node* metadata = document::find(object.root, location.metadata_path);
    pods_.push_back({object.effective_namespace(), member(metadata, symbols::labels)});
    add_labels(pods_.back());
    add_containers(object, location, arena);
  }
}

// Most pods need no view for that.
void NamedPorts::add_containers(const Object& object, const kube::PodLocation& location, Arena& arena) {
  const std::string_view name_space = object.effective_namespace();
  if (location.shape == kube::PodShape::pod_spec) {
    const Node* spec = document::find(object.root, location.spec_path);
    for (const Node& container : items(member(spec, symbols::containers))) add_container(container, name_space);
    for (const Node& container : items(member(spec, symbols::initContainers))) {
      if (goes_on(container)) add_container(container, name_space);
    }
    return;
  }
  const kube::BuiltPodView built = kube::build_pod_view(object.root, location, snapshot_.symbols(), arena);
  for (const kube::ContainerView& container : built.view.containers) add_container(*container.raw, name_space);
}

void NamedPorts::add_labels(const Pod& pod) {
  if (pod.labels == nullptr) return;
  const auto number = static_cast<std::uint32_t>(pods_.size() - 1);
  const auto keys = pod.labels->member_keys();
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    const std::string_view value = pod.labels->items[i].as_string();
    by_label_[key_of(pod.name_space, snapshot_.symbols().text(keys[i]), value)].push_back(number);
  }
}

void NamedPorts::add_container(const Node& container, std::string_view name_space) {
  const auto number = static_cast<std::uint32_t>(pods_.size() - 1);
  for (const Node& port : items(container.find(symbols::ports))) {
    const std::string_view name = text(port.find(symbols::name)), protocol = protocol_of(text(port.find(protocol_)));
    if (name.empty()) continue;
    Numbers& numbers = by_port_[key_of(name_space, protocol, name)];
    if (numbers.empty() || numbers.back() != number) numbers.push_back(number);
    anywhere_.insert(key_of(protocol, name));
  }
}

std::vector<NamedPorts::Wanted> NamedPorts::ports_of(const Node* list, Symbol key) const {
  std::vector<Wanted> wanted;
  for (const Node& port : items(list)) {
    const std::string_view name = text(port.find(key));
    if (is_name(name)) wanted.push_back({name, protocol_of(text(port.find(protocol_)))});
  }
  return wanted;
}

bool selects_plainly(const Node& selector, const Node* labels) {
  const auto keys = selector.member_keys();
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    const Node* value = member(labels, keys[i]);
    if (value == nullptr || value->as_string() != selector.items[i].as_string()) return false;
  }
  return true;
}

// The shortest list of pods that holds all that have the port and these labels; null if no pod has one of them.
const NamedPorts::Numbers* NamedPorts::shortest(const Numbers& with_port, std::string_view name_space,
                                                const Node* labels) const {
  const Numbers* best = &with_port;
  for (std::uint32_t i = 0; labels != nullptr && i < labels->member_keys().size(); ++i) {
    const std::string_view key = snapshot_.symbols().text(labels->member_keys()[i]);
    const auto at = by_label_.find(key_of(name_space, key, labels->items[i].as_string()));
    if (at == by_label_.end()) return nullptr;
    if (at->second.size() < best->size()) best = &at->second;
  }
  return best;
}

// Whether a pod with the port is selected. What cannot be read may select any.
bool NamedPorts::is_selected(const Wanted& wanted, const Object& object, std::uint64_t& left) const {
  const auto at = by_port_.find(key_of(object.effective_namespace(), wanted.protocol, wanted.name));
  if (at == by_port_.end()) return false;
  const bool is_service = object.kind == "Service";
  const Node* selector = member(object.root.find(symbols::spec), is_service ? symbols::selector : symbols::podSelector);
  const Node* labels = is_service ? selector : member(selector, symbols::matchLabels);
  const Numbers* candidates = shortest(at->second, object.effective_namespace(), labels);
  if (selector == nullptr || candidates == nullptr) return false;
  return std::ranges::any_of(*candidates, [&](std::uint32_t number) {
    if (left == 0) return false;
    --left;
    if (!std::ranges::binary_search(at->second, number)) return false;
    const Node* of_pod = pods_[number].labels;
    return is_service ? selects_plainly(*selector, of_pod)
                      : kube::selects(*selector, of_pod, snapshot_.symbols()).value_or(true);
  });
}

bool NamedPorts::asks(const Object& object, Symbol target_port) {
  const Node* spec = object.root.find(symbols::spec);
  const auto any = [](const Node* list, Symbol key) {
    return std::ranges::any_of(items(list), [key](const Node& port) { return is_name(text(port.find(key))); });
  };
  if (object.kind == "Service") return any(member(spec, symbols::ports), target_port);
  return std::ranges::any_of(std::array{symbols::ingress, symbols::egress}, [&](Symbol direction) {
    return std::ranges::any_of(items(member(spec, direction)),
                               [&](const Node& rule) { return any(rule.find(symbols::ports), symbols::port); });
  });
}

std::optional<std::vector<std::string_view>> NamedPorts::unnamed(const Object& object) const {
  std::vector<std::string_view> names;
  std::uint64_t left = comparisons_of_object_;
  const Node* spec = object.root.find(symbols::spec);
  const auto ask = [&](const Node* list, Symbol key) {
    for (const Wanted& wanted : ports_of(list, key)) {
      if (!is_selected(wanted, object, left)) names.push_back(wanted.name);
    }
  };
  if (object.kind == "Service") ask(member(spec, symbols::ports), target_port_);
  for (const Node& rule : items(member(spec, symbols::ingress))) ask(rule.find(symbols::ports), symbols::port);
  for (const Node& rule : items(member(spec, symbols::egress))) {
    for (const Wanted& wanted : ports_of(rule.find(symbols::ports), symbols::port)) {
      if (!anywhere_.contains(key_of(wanted.protocol, wanted.name))) names.push_back(wanted.name);
    }
  }
  if (left == 0) return std::nullopt;
  return names;
}

}  // namespace kastell::policy
