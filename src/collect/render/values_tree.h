// A chart's values as one tree that can be changed and written again, each value with the place that sets it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "document/document.h"

namespace kastell::collect {

struct ValuesMember;

struct ValuesNode {
  enum class Kind : std::uint8_t { scalar, map, list } kind = Kind::scalar;
  document::Kind scalar = document::Kind::null;
  std::string text;  // of a string itself, of another scalar its JSON
  std::vector<ValuesMember> members;
  std::vector<ValuesNode> items;
  Place place = {};

  bool is_string() const { return kind == Kind::scalar && scalar == document::Kind::string; }
  ValuesNode* member(std::string_view key);
  static ValuesNode string(std::string text);
  static ValuesNode map();
};

struct ValuesMember {
  std::string first;  // the name
  ValuesNode second;
};

inline ValuesNode ValuesNode::map() {
  ValuesNode node;
  node.kind = Kind::map;
  return node;
}

// One step of a key: a name, or a number of a list.
struct KeyStep {
  std::string name;
  std::size_t index = 0;
  bool is_index = false;
  bool operator==(const KeyStep&) const = default;
};
using Key = std::vector<KeyStep>;

// "image.tag", "workers[1].privileged", "podAnnotations[\"a.b/c\"]".
std::string to_string(const Key& key);

// Recursion is bounded by the depth that the parser allows.
ValuesNode values_of(const document::Node& node, std::uint32_t offset, const document::Source& source,
                     const SymbolTable& symbols);

// As Helm merges: maps member by member, everything else replaced.
void merge(ValuesNode& into, ValuesNode over);

// The value at `key`; null if there is none.
ValuesNode* find(ValuesNode& root, const Key& key);
// The same, with maps made on the way where nothing is. Null where something else than a map is in the way.
ValuesNode* make(ValuesNode& root, const Key& key);

std::string to_json(const ValuesNode& root);

}  // namespace kastell::collect
