// What a whole Pod asks for and may use (Kubernetes' KEP-2837; k8s.io/component-helpers resource/helpers.go).
#include <map>

#include "base/quantity.h"
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

// Huge pages that containers may use and that the Pod neither asks for nor limits.
void limit_huge_pages(const Structure& spec, Structure& resources) {
  Structure limits = resources.below("limits"), requests = resources.below("requests");
  if (limits.members().empty() && requests.members().empty()) return;
  for (const auto& [resource, amount] : Containers(spec, "limits").together()) {
    const bool is_said = requests.find(resource) != nullptr || limits.find(resource) != nullptr;
    if (is_huge_page(spec.symbols().text(resource)) && !is_said) limits.set(resource, text_of(amount, spec.arena()));
  }
  if (!limits.members().empty()) resources.set("limits", limits.node());
}

void request(const Structure& spec, Structure& resources) {
  Structure limits = resources.below("limits"), requests = resources.below("requests");
  if (limits.members().empty()) return;
  for (const auto& [resource, amount] : Containers(spec, "requests").together()) {
    const std::string_view name = spec.symbols().text(resource);
    if (requests.find(resource) != nullptr || !is_of_whole_pods(name) || is_huge_page(name)) continue;
    requests.set(resource, text_of(amount, spec.arena()));
  }
  for (const document::Member& limit : limits.members()) {
    const bool is_asked = is_of_whole_pods(spec.symbols().text(limit.key)) && requests.find(limit.key) == nullptr;
    if (is_asked) requests.set(limit.key, limit.value);
  }
  if (!requests.members().empty()) resources.set("requests", requests.node());
}

}  // namespace

void pod_requests(Structure& spec) {
  if (!spec.has("resources")) return;
  Structure resources = spec.below("resources");
  limit_huge_pages(spec, resources);
  request(spec, resources);
  spec.set("resources", resources.node());
}

}  // namespace kastell::kube::intake
