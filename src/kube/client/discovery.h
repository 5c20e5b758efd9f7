// Discovery: which kinds an API server serves, under which paths, and its version.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kube/client/reader.h"

namespace kastell::client {

struct ServedResource {
  std::string group, version, kind;
  std::string name;  // plural, as in paths: deployments
  bool namespaced = false;
  bool can_list = false;

  std::string api_version() const { return group.empty() ? version : group + "/" + version; }
  // /apis/apps/v1/deployments, or of one namespace
  std::string path(std::string_view name_space = {}) const;
};

// A group that is announced but could not be looked into: an aggregated API whose server is down, mostly.
struct DiscoveryGap {
  std::string group_version;
  std::string reason;
};

struct Discovery {
  std::vector<ServedResource>
      resources;  // groups and versions in the server's order of preference, without subresources
  std::vector<DiscoveryGap> gaps;
  bool aggregated = false;  // two requests were enough

  // The preferred version of a kind or of a plural name, or null.
  const ServedResource* of_kind(std::string_view group, std::string_view kind) const;
  const ServedResource* named(std::string_view group, std::string_view name) const;
  bool has_group(std::string_view group) const;
};

// Aggregated discovery (v2, v2beta1) where the server has it, else one request per group and version.
Answer<Discovery> discover(ApiReader& reader);

struct ServerVersion {
  std::string text;  // v1.37.2, v1.31.4-gke.1256000, v1.30.9-eks-8cce635
  int major = 0, minor = 0;
};
Answer<ServerVersion> server_version(ApiReader& reader);

}  // namespace kastell::client
