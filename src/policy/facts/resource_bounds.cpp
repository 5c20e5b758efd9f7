#include "policy/facts/resource_bounds.h"

#include <algorithm>
#include <array>

#include "base/symbol.h"
#include "policy/facts/members.h"

namespace kastell::policy {

using document::Node;

namespace {

bool has_any(const Node* object, std::span<const std::string_view> names, const SymbolTable& symbols) {
  if (object == nullptr || !object->is_object()) return false;
  return std::ranges::any_of(object->member_keys(),
                             [&](Symbol key) { return std::ranges::find(names, symbols.text(key)) != names.end(); });
}

}  // namespace

bool bounds_containers(const Node& limit_range, const SymbolTable& symbols) {
  constexpr std::array<std::string_view, 2> bounded{"cpu", "memory"};
  const auto limits = items(member(limit_range.find(symbols::spec), symbols::limits));
  return std::ranges::any_of(limits, [&](const Node& limit) {
    const std::string_view type = text(limit.find(symbols::type));
    if (type != "Container" && type != "Pod") return false;
    return has_any(limit.find(symbols::max), bounded, symbols) ||
           (type == "Container" && has_any(limit.find(symbols::default_), bounded, symbols));
  });
}

bool bounds_pods(const Node& quota, const SymbolTable& symbols) {
  constexpr std::array<std::string_view, 8> bounded{"cpu",          "memory",          "pods",       "count/pods",
                                                    "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"};
  return has_any(member(quota.find(symbols::spec), symbols::hard), bounded, symbols);
}

}  // namespace kastell::policy
