#include "collect/cluster/platform.h"

#include <array>

namespace kastell::collect {

namespace {

struct Sign {
  std::string_view platform;
  std::string_view text;
};

// Parts of gitVersion.
constexpr auto in_version = std::to_array<Sign>({
    {"eks", "-eks-"},
    {"gke", "-gke."},
    {"k3s", "+k3s"},
    {"rke2", "+rke2"},
    {"tanzu", "+vmware."},
    {"mirantis", "-mirantis-"},
    {"alibaba", "-aliyun."},
    {"iks", "+IKS"},
});

// API groups that only the platform's own controllers bring.
constexpr auto in_groups = std::to_array<Sign>({
    {"openshift", "config.openshift.io"},
    {"gke", "networking.gke.io"},
    {"gke", "nodemanagement.gke.io"},
    {"eks", "vpcresources.k8s.aws"},
    {"eks", "eks.amazonaws.com"},
    {"aks", "aks.azure.com"},
    {"aks", "acn.azure.com"},
    {"doks", "doks.digitalocean.com"},
});

}  // namespace

Platform platform_of(const client::ServerVersion& version, const client::Discovery& discovery) {
  // OpenShift runs on others' clouds: its groups count before anything else.
  if (discovery.has_group(in_groups[0].text)) return {in_groups[0].platform, in_groups[0].text};
  for (const Sign& sign : in_version) {
    if (version.text.find(sign.text) != std::string::npos) return {sign.platform, sign.text};
  }
  for (const Sign& sign : in_groups) {
    if (discovery.has_group(sign.text)) return {sign.platform, sign.text};
  }
  return {};
}

}  // namespace kastell::collect
