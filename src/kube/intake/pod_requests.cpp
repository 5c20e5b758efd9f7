// What a whole Pod asks for and may use (Kubernetes' KEP-2837; k8s.io/component-helpers resource/helpers.go).
#include <map>

#include "base/quantity.h"
#include "kube/intake/created.h"
#include "kube/intake/pod_defaults.h"

namespace kastell::kube::intake {

using document::Node;

namespace {

using Amounts = std::map<Symbol, Quantity>;

bool is_huge_page(std::string_view resource) {
  return resource.starts_with("hugepages-");
}
bool is_of_whole_pods(std::string_view resource) {
  return resource == "cpu" || resource == "memory" || is_huge_page(resource);
}

void add_to(Amounts& sums, const Amounts& amounts) {
  for (const auto& [resource, amount] : amounts) {
    const auto [known, is_new] = sums.try_emplace(resource, amount);
    if (!is_new) known->second = add(known->second, amount).value_or(known->second);
  }
}
void raise_to(Amounts& most, const Amounts& amounts) {
  for (const auto& [resource, amount] : amounts) {
    const auto [known, is_new] = most.try_emplace(resource, amount);
    if (!is_new && compare(amount, known->second) > 0) known->second = amount;
  }
}

class Containers {
 public:
  // `kind`: "requests" or "limits".
  Containers(const Structure& spec, std::string_view kind) : spec_(spec), kind_(spec.symbols().intern(kind)) {}

  // Those that run beside each other together, or the most that one needs while the Pod starts.
  Amounts together() const {
    Amounts sums, sidecars, most;
    for (const Node& container : list("containers")) add_to(sums, amounts_of(container));
    for (const Node& container : list("initContainers")) {
      Amounts needed = amounts_of(container);
      if (is_sidecar(container)) {
        add_to(sums, needed);
        add_to(sidecars, needed);
        needed = sidecars;
      } else {
        add_to(needed, sidecars);
      }
      raise_to(most, needed);
    }
    raise_to(sums, most);
    return sums;
  }

  bool all_have(Symbol resource) const {
    for (const std::string_view name : {"containers", "initContainers"}) {
      for (const Node& container : list(name)) {
        const Node* resources = container.find(symbols::resources);
        const Node* given = resources == nullptr ? nullptr : resources->find(kind_);
        if (given == nullptr || given->find(resource) == nullptr) return false;
      }
    }
    return true;
  }

 private:
  std::span<const Node> list(std::string_view name) const {
    const Node* containers = spec_.find(name);
    return containers == nullptr ? std::span<const Node>{} : containers->as_list();
  }
  bool is_sidecar(const Node& container) const {
    const Node* policy = container.find(spec_.symbols().intern("restartPolicy"));
    return policy != nullptr && policy->as_string() == "Always";
  }
  Amounts amounts_of(const Node& container) const {
    const Node* resources = container.find(spec_.symbols().intern("resources"));
    const Node* given = resources == nullptr ? nullptr : resources->find(kind_);
    Amounts amounts;
    for (std::uint32_t i = 0; given != nullptr && i < given->size; ++i) {
      const auto parsed = parse_quantity(given->items[i].as_string());
      if (parsed) amounts.emplace(given->member_keys()[i], parsed->quantity);
    }
    return amounts;
  }

  const Structure& spec_;
  Symbol kind_;
};

Node text_of(const Quantity& quantity, Arena& arena) {
  return Node::make_string(arena.copy(to_string(quantity)));
}

bool is_said(const Node* amounts, Symbol resource) {
  return amounts != nullptr && amounts->find(resource) != nullptr;
}

void add(Structure& resources, Symbol list, std::span<const document::Member> amounts) {
  if (amounts.empty()) return;
  const Node* known = resources.find(list);
  Structure all(known == nullptr ? Node{} : *known, resources.symbols(), resources.arena());
  all.members().insert(all.members().end(), amounts.begin(), amounts.end());
  resources.set(list, all.node());
}

bool has_any(const Structure& resources, Symbol list) {
  const Node* amounts = resources.find(list);
  return amounts != nullptr && amounts->size != 0;
}

// Huge pages that containers may use and that the Pod neither asks for nor limits.
void limit_huge_pages(const Structure& spec, Structure& resources) {
  if (!has_any(resources, symbols::limits) && !has_any(resources, symbols::requests)) return;
  const Node* limits = resources.find(symbols::limits);
  const Node* requests = resources.find(symbols::requests);
  std::vector<document::Member> added;
  for (const auto& [resource, amount] : Containers(spec, "limits").together()) {
    if (!is_huge_page(spec.symbols().text(resource)) || is_said(requests, resource) || is_said(limits, resource))
      continue;
    added.push_back({resource, text_of(amount, spec.arena())});
  }
  add(resources, symbols::limits, added);
}

// As the containers together ask for, and else as much as the limit.
void request(const Structure& spec, Structure& resources) {
  std::vector<document::Member> added;
  for (const auto& [resource, amount] : Containers(spec, "requests").together()) {
    const std::string_view name = spec.symbols().text(resource);
    const bool is_shared_out = is_of_whole_pods(name) && !is_huge_page(name);
    if (!is_shared_out || is_said(resources.find(symbols::requests), resource)) continue;
    added.push_back({resource, text_of(amount, spec.arena())});
  }
  add(resources, symbols::requests, added);
  added.clear();
  const Node* limits = resources.find(symbols::limits);
  const auto limited = limits == nullptr ? std::span<const Symbol>{} : limits->member_keys();
  for (std::size_t i = 0; i < limited.size(); ++i) {
    const bool is_asked = is_of_whole_pods(spec.symbols().text(limited[i]));
    if (is_asked && !is_said(resources.find(symbols::requests), limited[i]))
      added.push_back({limited[i], limits->items[i]});
  }
  add(resources, symbols::requests, added);
}

// What the Pod asks for is limited as its containers are, where each of them is.
void limit(const Structure& spec, Structure& resources) {
  const Node* limits = resources.find(symbols::limits);
  const Node* requests = resources.find(symbols::requests);
  const Containers containers(spec, "limits");
  std::vector<document::Member> added;
  for (const auto& [resource, sum] : containers.together()) {
    const Node* asked = requests == nullptr ? nullptr : requests->find(resource);
    const bool is_candidate = asked != nullptr && is_of_whole_pods(spec.symbols().text(resource));
    if (!is_candidate || is_said(limits, resource) || !containers.all_have(resource)) continue;
    const auto parsed = parse_quantity(asked->as_string());
    const bool is_more = parsed && compare(parsed->quantity, sum) > 0;
    added.push_back({resource, is_more ? *asked : text_of(sum, spec.arena())});
  }
  add(resources, symbols::limits, added);
}

}  // namespace

void pod_requests(Structure& spec) {
  if (!spec.has("resources")) return;
  Structure resources = spec.below("resources");
  limit_huge_pages(spec, resources);
  if (has_any(resources, symbols::limits)) request(spec, resources);
  spec.set("resources", resources.node());
}

void pod_resources(Structure& spec) {
  if (!spec.has("resources")) return;
  Structure resources = spec.below("resources");
  if (!has_any(resources, symbols::limits) && !has_any(resources, symbols::requests)) return;
  limit_huge_pages(spec, resources);
  request(spec, resources);
  limit(spec, resources);
  spec.set("resources", resources.node());
}

}  // namespace kastell::kube::intake
