// What the `resources` of an RBAC rule can mean in Kubernetes' own API groups: names, subresources, scope.
//
// Pure and thread-safe.
#pragma once

#include <cstdint>
#include <string_view>

namespace kastell::kube {

// Whether Kubernetes serves the API group itself ("" and "apps", also "extensions", which it once did).
bool is_built_in_group(std::string_view group);

enum class ResourceScope : std::uint8_t { unknown, namespaced, cluster };
// Of "pods", "pods/exec", "deployments/scale" in a group of Kubernetes' own; unknown for what it does not have,
// "pod", "Pods" and "pods/*" included. Names that only impersonation or admission knows count as cluster-wide.
ResourceScope find_rbac_resource(std::string_view group, std::string_view resource);

}  // namespace kastell::kube
