#include "policy/scan/joins.h"

#include <algorithm>
#include <array>

namespace kastell::policy {

namespace {

constexpr std::string_view networking = "networking.k8s.io";

constexpr auto table = std::to_array<Join>({
    {"networkPolicies", networking, "NetworkPolicy"},
    {"defaultDeny", networking, "NetworkPolicy"},
    {"resourceQuotas", "", "ResourceQuota"},
    {"limitRanges", "", "LimitRange"},
    // With the dot and the pod before it, since a pod's spec has a serviceAccount too.
    {"pod.serviceAccount.", "", "ServiceAccount"},
    {"pod.?serviceAccount.", "", "ServiceAccount"},
});

}  // namespace

std::span<const Join> all_joins() {
  return table;
}

bool reads(const Rule& rule, const Join& join) {
  return rule.expression_text.find(join.text) != std::string::npos ||
         rule.when_text.find(join.text) != std::string::npos;
}

bool joins(const Rule& rule, std::string_view group, std::string_view kind) {
  return std::ranges::any_of(
      table, [&](const Join& join) { return join.kind == kind && join.group == group && reads(rule, join); });
}

}  // namespace kastell::policy
