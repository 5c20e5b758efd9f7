// What a scan knows about components beside the object that configures one.
//
// Built once per scan, then read from any thread. Costs nothing until a component is found.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "kube/component_view.h"
#include "snapshot/snapshot.h"

namespace kastell::policy {

class ComponentFacts {
 public:
  explicit ComponentFacts(const snapshot::Snapshot& snapshot);
  ~ComponentFacts();

  const kube::ComponentFlags& flags() const;

  // The component's view with what joins it to others:
  //   cluster  {clientCAFiles: [paths of --client-ca-file of all API servers in the input, on their nodes],
  //             etcdCAFiles: [paths of --trusted-ca-file of all etcd members]}
  document::Node with_cluster(const kube::ComponentView& component, Arena& arena) const;

  // Components of an object that are not found in its pods.
  std::span<const kube::ComponentView> of_configuration(const snapshot::Object& object, Arena& arena) const;
  std::span<const kube::ComponentView> of_pod(const kube::PodView& pod, Arena& arena) const;

 private:
  struct Authorities;
  const Authorities& authorities() const;
  kube::ConfigurationCompany company_of(const snapshot::Object& object) const;

  const snapshot::Snapshot& snapshot_;
  mutable std::once_flag flags_made_, authorities_made_, companies_made_;
  mutable std::map<std::uint32_t, kube::ConfigurationCompany> companies_;  // by document
  mutable std::unique_ptr<const kube::ComponentFlags> flags_;
  mutable std::unique_ptr<Authorities> authorities_;
};

}  // namespace kastell::policy
