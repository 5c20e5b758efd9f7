// pkg/apis/core/helper/qos of k8s.io/kubernetes.
#include <algorithm>
#include <optional>

#include "base/quantity.h"
#include "kube/intake/created.h"

namespace kastell::kube::intake {

using document::Node;

namespace {

enum class Quality : std::uint8_t { best_effort, burstable, guaranteed };

constexpr Symbol compute_resources[] = {symbols::cpu, symbols::memory};

Quantity amount(const Node* amounts, Symbol resource) {
  const Node* found = amounts == nullptr ? nullptr : amounts->find(resource);
  const auto parsed = parse_quantity(found == nullptr ? std::string_view("0") : found->as_string());
  return parsed ? parsed->quantity : Quantity{};
}

Quality quality_of(const Node& resources, Symbol resource) {
  const Quantity request = amount(resources.find(symbols::requests), resource);
  if (compare(request, amount(resources.find(symbols::limits), resource)) != 0) return Quality::burstable;
  return request.is_zero() ? Quality::best_effort : Quality::guaranteed;
}

// Of several that are not the same, neither is good enough.
Quality worse(std::optional<Quality> known, Quality other) {
  return !known || *known == other ? other : Quality::burstable;
}

Quality quality_of(const Node& resources) {
  std::optional<Quality> quality;
  for (const Symbol resource : compute_resources) quality = worse(quality, quality_of(resources, resource));
  return *quality;
}

bool is_for_pods(std::string_view resource) {
  return resource == "cpu" || resource == "memory" || resource.starts_with("hugepages-");
}

// Whether what the whole Pod asks for decides. Until 1.36 it does even if it asks for nothing.
const Node* of_whole_pod(const Structure& spec, std::uint8_t minor) {
  constexpr std::uint8_t since = 34, unless_empty_since = 37;
  const Node* resources = minor < since ? nullptr : spec.find(symbols::resources);
  if (resources == nullptr || minor < unless_empty_since) return resources;
  for (const Symbol list : {symbols::requests, symbols::limits}) {
    const Node* amounts = resources->find(list);
    const auto keys = amounts == nullptr ? std::span<const Symbol>{} : amounts->member_keys();
    if (std::ranges::any_of(keys, [&](Symbol key) { return is_for_pods(spec.symbols().text(key)); })) return resources;
  }
  return nullptr;
}

}  // namespace

std::string_view quality_of_service(const Structure& spec, std::uint8_t minor) {
  static constexpr std::string_view names[] = {"BestEffort", "Burstable", "Guaranteed"};
  if (const Node* whole = of_whole_pod(spec, minor)) return names[static_cast<std::size_t>(quality_of(*whole))];
  std::optional<Quality> quality;
  for (const Symbol list : {symbols::initContainers, symbols::containers}) {
    const Node* containers = spec.find(list);
    for (const Node& container : containers == nullptr ? std::span<const Node>{} : containers->as_list()) {
      const Node* resources = container.find(symbols::resources);
      quality = worse(quality, resources == nullptr ? Quality::best_effort : quality_of(*resources));
    }
  }
  return names[static_cast<std::size_t>(quality.value_or(Quality::best_effort))];
}

}  // namespace kastell::kube::intake
