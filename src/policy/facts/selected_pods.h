// Which selectors of Services, network policies and disruption budgets select a pod of the input.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "snapshot/snapshot.h"

namespace kastell::policy {

class SelectedPods {
 public:
  // One pass over the pods; each looks only at selectors that want one of its labels.
  explicit SelectedPods(const snapshot::Snapshot& snapshot);

  bool selects_any(snapshot::ObjectId id) const { return selects_[id]; }

 private:
  struct Selector {
    snapshot::ObjectId id;
    std::string_view name_space;
    const document::Node* selector;  // a LabelSelector, or a Service's plain map
    bool plain;
  };
  struct Label {
    Symbol key;
    std::string_view value;
    bool operator==(const Label&) const = default;
  };
  struct LabelHash {
    std::size_t operator()(const Label& label) const;
  };

  void add_selectors(std::string_view group, std::string_view kind, Symbol field, bool plain);
  void add_pods(const snapshot::Object& object, Arena& arena);
  void mark(std::vector<std::uint32_t>& numbers, std::string_view name_space, const document::Node* labels);
  bool matches(const Selector& selector, const document::Node* labels) const;

  const snapshot::Snapshot& snapshot_;
  std::vector<Selector> selectors_;
  std::unordered_map<Label, std::vector<std::uint32_t>, LabelHash> by_label_;  // that demand this label
  std::vector<std::uint32_t> others_;                                          // that demand none outright
  std::vector<bool> selects_;                                                  // by object
};

}  // namespace kastell::policy
