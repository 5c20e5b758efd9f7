// Makes the nodes of one tree: numbers them in the order in which they are asked for (which is
// cel-go's, so that ids agree) and places them in the text.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "cel/ast.h"

namespace kastell::cel {

using NodeId = std::int64_t;

// Where a node comes from.
struct Origin {
  std::uint32_t begin = 0, end = 0;  // its text
  std::uint32_t at = 0;              // where messages about it point
};

class NodeFactory {
 public:
  // Macros that copy their target could make a short text into a huge tree.
  static constexpr NodeId node_limit = 500'000;

  explicit NodeFactory(Arena& arena) : arena_(arena) {}

  Arena& arena() { return arena_; }
  NodeId new_id() { return ++last_id_; }
  NodeId last_id() const { return last_id_; }
  bool exhausted() const { return last_id_ > node_limit; }

  const Expr* literal(NodeId id, Origin origin, Value value);
  const Expr* identifier(NodeId id, Origin origin, std::string_view name);
  const Expr* select(NodeId id, Origin origin, const Expr& operand, std::string_view field, bool test_only = false);
  // `target` is null for global calls.
  const Expr* call(NodeId id, Origin origin, std::string_view function, const Expr* target,
                   std::span<const Expr* const> arguments);
  const Expr* list(NodeId id, Origin origin, std::span<const Expr* const> elements,
                   std::span<const std::uint32_t> optional_elements = {});
  const Expr* map(NodeId id, Origin origin, std::span<const ExprEntry> entries);
  const Expr* structure(NodeId id, Origin origin, std::string_view type_name, std::span<const ExprEntry> entries);
  const Expr* comprehension(NodeId id, Origin origin, const Comprehension& comprehension);

 private:
  Expr* node(ExprKind kind, NodeId id, Origin origin);

  Arena& arena_;
  NodeId last_id_ = 0;
};

}  // namespace kastell::cel
