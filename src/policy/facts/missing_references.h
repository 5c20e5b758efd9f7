// Which objects a pod names that are not in the input: ConfigMaps, Secrets, its ServiceAccount, claims, classes.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "snapshot/snapshot.h"

namespace kastell::policy {

class MissingReferences {
 public:
  explicit MissingReferences(const snapshot::Snapshot& snapshot);

  // {configMaps, secrets, serviceAccounts, claims, runtimeClasses, priorityClasses}: lists of names that the pod of
  // this view refers to and that are absent. What is marked optional does not count, nor does what Kubernetes itself
  // makes.
  document::Node of_pod(const document::Node& pod, std::string_view name_space, Arena& arena) const;

  // Whether the object is in the input, or something there makes it (a SealedSecret, a Certificate, …).
  bool exists(std::string_view group, std::string_view kind, std::string_view name_space, std::string_view name) const;

 private:
  struct Names;
  void add_volume(const document::Node& volume, std::string_view name_space, Names& names) const;
  void add_environment(const document::Node& container, std::string_view name_space, Names& names) const;
  void add_classes(const document::Node& spec, std::string_view name_space, Names& names) const;
  void add_named(const document::Node* reference, Symbol name, std::size_t list, std::string_view name_space,
                 Names& names) const;
  void remember_made_secrets();
  void add(std::string_view name, std::size_t list, std::string_view name_space, Names& names) const;

  const snapshot::Snapshot& snapshot_;
  Symbol claim_name_, config_maps_, secrets_, service_accounts_, claims_, runtime_classes_, priority_classes_;
  std::unordered_set<std::string> made_secrets_;  // "namespace/name"
  document::Node nothing_missing_;
  Arena arena_;
};

}  // namespace kastell::policy
