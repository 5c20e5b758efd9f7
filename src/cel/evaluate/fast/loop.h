// Comprehensions. The macros' shapes run as native loops, anything else as the fold it is.
#pragma once

#include "cel/evaluate/fast/node.h"

namespace kastell::cel::fast {

struct LoopNode : Node {
  const Node* range = nullptr;
  std::uint32_t variables[2] = {};  // slots; one variable: the second is unused
  bool pairs = false;
};

// all and exists. decisive: false for all, true for exists.
template <bool decisive>
struct QuantifierNode : LoopNode {
  const Node* predicate = nullptr;
  std::int64_t step_id = 0;  // of the && or ||

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

struct ExistsOneNode : LoopNode {
  const Node* predicate = nullptr;
  std::int64_t step_id = 0;  // of the conditional

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

// map, filter and transformList: appends `element`, if `predicate` is null or holds.
struct AppendNode : LoopNode {
  const Node* predicate = nullptr;
  const Node* element = nullptr;
  std::uint32_t start_cost = 0;   // of the empty list
  std::uint32_t append_cost = 0;  // of one appending but for the element
  std::int64_t step_id = 0;       // of the conditional

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

// transformMap: inserts `element` under the loop's key.
struct InsertNode : LoopNode {
  const Node* predicate = nullptr;
  const Node* element = nullptr;
  const Node* key = nullptr;
  std::uint32_t start_cost = 0;
  std::int64_t step_id = 0;    // of the conditional
  std::int64_t insert_id = 0;  // of the insertion

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

struct FoldNode : LoopNode {
  std::uint32_t accumulator = 0;  // slot of a lazy local
  const Node* condition = nullptr;
  const Node* step = nullptr;
  const Node* result = nullptr;

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

// A fold over nothing: cel.bind.
struct BindNode : Node {
  std::uint32_t variable = 0;  // slot of a lazy local
  const Node* result = nullptr;
  std::uint32_t range_cost = 0;

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

}  // namespace kastell::cel::fast
