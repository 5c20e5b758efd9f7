// Paths into a document, as reports print them: spec.containers[0].resources.limits.memory.
//
// Steps are symbols or list indexes. A path may lead to a field that does not exist; its position is
// then that of the nearest parent that does.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/symbol.h"
#include "document/node.h"

namespace kastell::document {

// One step: a member's key, or an index into a list.
struct Step {
  std::uint32_t number;
  bool is_index;

  static constexpr Step key(Symbol symbol) { return {static_cast<std::uint32_t>(symbol), false}; }
  static constexpr Step index(std::uint32_t at) { return {at, true}; }
  Symbol symbol() const { return Symbol{number}; }
  bool operator==(const Step&) const = default;
};
using Path = std::vector<Step>;

// "a.b[0].c"; a key that is not a plain identifier is written as ["app.kubernetes.io/name"].
std::string to_string(std::span<const Step> path, const SymbolTable& symbols);

// Reads the form that to_string writes; keys are interned. Nothing if malformed.
std::optional<Path> parse_path(std::string_view text, SymbolTable& symbols);

// The node at `path` below `root`, or null.
const Node* find(const Node& root, std::span<const Step> path);

// Where `path` leads: the offset of the member's key (of the item's value for a list item), of the
// nearest parent's when the field is missing, or `root_offset` when even the first step is.
struct Located {
  const Node* node = nullptr;  // null if missing
  std::uint32_t offset = 0;    // key or item
  std::uint32_t value_offset = 0;
};
Located locate(const Node& root, std::uint32_t root_offset, std::span<const Step> path);

}  // namespace kastell::document
