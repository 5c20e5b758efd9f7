// Anchors of one document, and the bound on what aliases may blow it up to.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "document/document.h"

namespace kastell::document::yaml {

// 0 is no anchor.
using AnchorId = std::uint32_t;

struct Anchor {
  Node node = {};
  std::uint64_t nodes = 0;   // below and including it, aliases expanded
  std::uint32_t height = 0;  // 1 for a list or object of scalars
  bool finished = false;     // still being read otherwise: an alias to it would contain itself
};

class Anchors {
 public:
  explicit Anchors(const ParseLimits& limits) : limits_(limits) {}

  // A later anchor of the same name takes the name over.
  AnchorId define(std::string_view name);
  void finish(AnchorId id, const Node& node, std::uint64_t nodes, std::uint32_t height);
  const Anchor* find(std::string_view name) const;

  // Counts nodes that are written out, and those that an alias or a merge key repeats.
  void count_written() { ++written_; }
  void count_expanded(std::uint64_t nodes) { expanded_ += nodes; }
  std::uint64_t nodes() const { return written_ + expanded_; }
  bool within_limit() const;
  std::uint64_t limit() const;

  void clear();

 private:
  const ParseLimits& limits_;
  std::unordered_map<std::string_view, AnchorId> ids_;
  std::vector<Anchor> anchors_;
  std::uint64_t written_ = 0;
  std::uint64_t expanded_ = 0;
};

}  // namespace kastell::document::yaml
