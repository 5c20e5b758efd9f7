// API resources: what a kind is called in an API server's paths and in RBAC rules, and whether its objects have a
// namespace. The built-in ones of the newest Kubernetes, and custom ones that are known to carry pod templates.
//
// Pure and thread-safe; the texts live as long as the program.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace kastell::kube {

struct ApiResource {
  std::string_view group;     // "apps"; empty for the core group
  std::string_view kind;      // "Deployment"
  std::string_view resource;  // "deployments"
  std::string_view version;   // the one whose fields Kastell reads: "v1"
  bool namespaced = true;
  bool carries_pods = false;  // is a Pod or holds a PodTemplateSpec (kube/pod_view.h)
};

// What `list` works on in Kubernetes 1.37 itself, and PodSecurityPolicy, which clusters before 1.25 have. Sorted by
// group and kind.
std::span<const ApiResource> built_in_resources();

// Custom resources that carry pod templates, sorted likewise. Others there may be are found by their shape in files,
// but nobody may list everything in a cluster just to look.
std::span<const ApiResource> custom_pod_resources();

// In these tables, or among the other custom resources that controls ask about; or null.
const ApiResource* find_resource(std::string_view group, std::string_view kind);

bool is_built_in(std::string_view group, std::string_view kind);

// Whether objects of the kind are configuration files of Kubernetes' programs, which no API server serves.
bool is_file_kind(std::string_view group, std::string_view kind);

// "apps" of "apps/v1"; empty for the core group's "v1".
std::string_view api_group(std::string_view api_version);

// "v1" of both.
std::string_view version_in_group(std::string_view api_version);

// As kubectl writes a resource, and coverage its input: "deployments.apps", "pods".
std::string full_name(std::string resource, std::string_view group);

// The plural by Kubernetes' own rule for kinds that nobody described (apimachinery: UnsafeGuessKindToResource):
// "networkpolicies", "ingresses", "nodes".
std::string guess_resource(std::string_view kind);

}  // namespace kastell::kube
