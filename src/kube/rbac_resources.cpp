#include "kube/rbac_resources.h"

#include <algorithm>
#include <array>

#include "kube/api_resource.h"

namespace kastell::kube {

namespace {

struct Extra {
  std::string_view group, resource;
  bool namespaced;
};

// What no `list` works on, what only rules know, and what is gone but may still stand in rules.
constexpr auto extras = std::to_array<Extra>({
    {"", "bindings", true},
    {"", "groups", false},
    {"", "users", false},
    {"", "uids", false},
    {"apps", "deployments", true},
    {"authentication.k8s.io", "groups", false},
    {"authentication.k8s.io", "nodes", false},
    {"authentication.k8s.io", "selfsubjectreviews", false},
    {"authentication.k8s.io", "serviceaccounts", true},
    {"authentication.k8s.io", "tokenreviews", false},
    {"authentication.k8s.io", "uids", false},
    {"authentication.k8s.io", "users", false},
    {"authorization.k8s.io", "localsubjectaccessreviews", true},
    {"authorization.k8s.io", "selfsubjectaccessreviews", false},
    {"authorization.k8s.io", "selfsubjectrulesreviews", false},
    {"authorization.k8s.io", "subjectaccessreviews", false},
    {"certificates.k8s.io", "signers", false},
    {"extensions", "daemonsets", true},
    {"extensions", "deployments", true},
    {"extensions", "ingresses", true},
    {"extensions", "networkpolicies", true},
    {"extensions", "podsecuritypolicies", false},
    {"extensions", "replicasets", true},
    {"extensions", "replicationcontrollers", true},
});

// Subresources beside `status` and `finalizers`, which any resource may have.
struct Subresource {
  std::string_view resource, name;
};
constexpr auto subresources = std::to_array<Subresource>({
    {"certificatesigningrequests", "approval"},
    {"daemonsets", "scale"},
    {"deployments", "rollback"},
    {"deployments", "scale"},
    {"endpoints", "restricted"},
    {"endpointslices", "restricted"},
    {"namespaces", "finalize"},
    {"nodes", "checkpoint"},
    {"nodes", "configz"},
    {"nodes", "healthz"},
    {"nodes", "log"},
    {"nodes", "metrics"},
    {"nodes", "pods"},
    {"nodes", "proxy"},
    {"nodes", "spec"},
    {"nodes", "stats"},
    {"pods", "attach"},
    {"pods", "binding"},
    {"pods", "ephemeralcontainers"},
    {"pods", "eviction"},
    {"pods", "exec"},
    {"pods", "log"},
    {"pods", "portforward"},
    {"pods", "proxy"},
    {"pods", "resize"},
    {"replicasets", "scale"},
    {"replicationcontrollers", "scale"},
    {"resourceclaims", "binding"},
    {"resourceclaims", "driver"},
    {"serviceaccounts", "token"},
    {"services", "proxy"},
    {"statefulsets", "scale"},
});

ResourceScope scope_of(bool namespaced) {
  return namespaced ? ResourceScope::namespaced : ResourceScope::cluster;
}

ResourceScope find_whole(std::string_view group, std::string_view resource) {
  for (const ApiResource& entry : built_in_resources()) {
    if (entry.group == group && entry.resource == resource) return scope_of(entry.namespaced);
  }
  for (const Extra& extra : extras) {
    if (extra.group == group && extra.resource == resource) return scope_of(extra.namespaced);
  }
  return ResourceScope::unknown;
}

bool has_subresource(std::string_view resource, std::string_view name) {
  if (name == "status" || name == "finalizers") return true;
  return std::ranges::any_of(
      subresources, [&](const Subresource& entry) { return entry.resource == resource && entry.name == name; });
}

}  // namespace

bool is_built_in_group(std::string_view group) {
  return std::ranges::find(built_in_resources(), group, &ApiResource::group) != built_in_resources().end() ||
         std::ranges::find(extras, group, &Extra::group) != extras.end();
}

ResourceScope find_rbac_resource(std::string_view group, std::string_view resource) {
  // userextras/scopes: the part after the slash is the extra's key.
  if (resource.starts_with("userextras/")) return ResourceScope::cluster;
  const std::size_t slash = resource.find('/');
  const std::string_view whole = resource.substr(0, slash);
  const ResourceScope scope = find_whole(group, whole);
  if (slash == std::string_view::npos || scope == ResourceScope::unknown) return scope;
  return has_subresource(whole, resource.substr(slash + 1)) ? scope : ResourceScope::unknown;
}

}  // namespace kastell::kube
