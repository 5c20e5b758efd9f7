#include "document/yaml/anchors.h"

#include <algorithm>

namespace kastell::document::yaml {

AnchorId Anchors::define(std::string_view name) {
  anchors_.emplace_back();
  const auto id = static_cast<AnchorId>(anchors_.size());
  ids_[name] = id;
  return id;
}

void Anchors::finish(AnchorId id, const Node& node, std::uint64_t nodes, std::uint32_t height) {
  anchors_[id - 1] = {node, nodes, height, true};
}

const Anchor* Anchors::find(std::string_view name) const {
  const auto found = ids_.find(name);
  return found == ids_.end() ? nullptr : &anchors_[found->second - 1];
}

std::uint64_t Anchors::limit() const {
  return std::max(limits_.expanded_nodes_floor, limits_.alias_ratio * written_);
}

bool Anchors::within_limit() const {
  return nodes() <= limit();
}

void Anchors::clear() {
  if (!anchors_.empty()) {
    ids_.clear();
    anchors_.clear();
  }
  written_ = expanded_ = 0;
}

}  // namespace kastell::document::yaml
