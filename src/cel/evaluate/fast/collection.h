// List, map and structure literals.
#pragma once

#include <string_view>

#include "cel/evaluate/fast/node.h"

namespace kastell::cel::fast {

struct ListNode : Node {
  const Node* const* items = nullptr;
  const bool* optional = nullptr;  // null: none is
  std::uint32_t size = 0;

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

// google.protobuf.Int64Value{value: 1}
struct StructureNode : Node {
  struct Field {
    std::string_view name;
    const Node* value;
    bool optional;
  };
  const Field* fields = nullptr;
  std::uint32_t size = 0;
  std::string_view type = {};

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

struct MapNode : Node {
  struct Entry {
    const Node* key;
    const Node* value;
    bool optional;
  };
  const Entry* entries = nullptr;
  std::uint32_t size = 0;

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

}  // namespace kastell::cel::fast
