#include "kube/component/copy.h"

namespace kastell::kube {

using document::Member;
using document::Node;

Node copy(const Node& node, Arena& arena) {
  if (node.is_string()) return Node::make_string(arena.copy(node.as_string()));
  if (node.is_list()) {
    Node* items = arena.allocate_array<Node>(node.size);
    for (std::uint32_t i = 0; i < node.size; ++i) items[i] = copy(node.items[i], arena);
    return document::make_list(arena, std::span<const Node>(items, node.size));
  }
  if (!node.is_object()) return node;
  Member* members = arena.allocate_array<Member>(node.size);
  for (std::uint32_t i = 0; i < node.size; ++i) members[i] = {node.member_keys()[i], copy(node.items[i], arena)};
  return document::make_object(arena, {members, node.size}, false);
}

}  // namespace kastell::kube
