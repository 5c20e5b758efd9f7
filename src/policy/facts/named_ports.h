// Which ports containers give names to, asked by the names that Services and network policies use.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "kube/pod_view.h"
#include "snapshot/snapshot.h"

namespace kastell::policy {

class NamedPorts {
 public:
  // Comparisons of selectors with pods, of a whole scan; beyond it there is no answer.
  static constexpr std::uint64_t most_comparisons = 20'000'000;

  // One pass over the pods.
  explicit NamedPorts(const snapshot::Snapshot& snapshot);

  // Whether the Service or NetworkPolicy names ports at all: else there is no need for a NamedPorts.
  static bool asks(const snapshot::Object& object, Symbol target_port);

  // The names of an object's ports that no container of the pods that it selects has, with that protocol:
  //   Service         spec.ports[].targetPort
  //   NetworkPolicy   spec.ingress[].ports[].port; in spec.egress such as no container of the input has
  // Nothing if too many comparisons were needed. For any thread.
  std::optional<std::vector<std::string_view>> unnamed(const snapshot::Object& object) const;

 private:
  struct Wanted {
    std::string_view name, protocol;
  };
  struct Pod {
    std::string_view name_space;
    const document::Node* labels;
  };
  using Numbers = std::vector<std::uint32_t>;  // of pods, rising

  void add_pods(const snapshot::Object& object, Arena& arena);
  void add_containers(const snapshot::Object& object, const kube::PodLocation& location, Arena& arena);
  void add_labels(const Pod& pod);
  void add_container(const document::Node& container, std::string_view name_space);
  const Numbers* shortest(const Numbers& with_port, std::string_view name_space, const document::Node* labels) const;
  bool is_selected(const Wanted& wanted, const snapshot::Object& object, std::uint64_t& left) const;
  std::vector<Wanted> ports_of(const document::Node* list, Symbol key) const;

  const snapshot::Snapshot& snapshot_;
  Symbol target_port_, protocol_;
  std::vector<Pod> pods_;
  std::unordered_map<std::string, Numbers> by_port_, by_label_;
  std::unordered_set<std::string> anywhere_;
  std::uint64_t comparisons_of_object_ = most_comparisons;
};

// Whether the labels have all that a Service's selector, a plain map, demands.
bool selects_plainly(const document::Node& selector, const document::Node* labels);

}  // namespace kastell::policy
