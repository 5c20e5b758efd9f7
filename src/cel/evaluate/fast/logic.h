// && and ||, which absorb errors, and the short forms on optionals.
#pragma once

#include "cel/evaluate/fast/node.h"

namespace kastell::cel::fast {

// `id`: of the expression that it is an operand of.
struct LogicOperand {
  const Node* node = nullptr;
  std::int64_t id = 0;
};

// All operands of a tree of one operator, however it is nested. decisive: false for &&, true for ||.
template <bool decisive>
struct LogicNode : Node {
  const LogicOperand* operands = nullptr;
  std::uint32_t size = 0;

  template <bool counting>
  static Value execute(const Node& self, Machine& machine) {
    const auto& node = static_cast<const LogicNode&>(self);
    Value problem;
    for (const LogicOperand& operand : std::span(node.operands, node.size)) {
      const Value value = run(operand.node, machine);
      if (value.kind == Kind::boolean) [[likely]] {
        if (value.boolean == decisive) return value;
      } else if (!is_error(problem)) {
        problem = is_error(value) ? value : fail(no_such_overload, Node{.id = operand.id}, machine);
      }
    }
    return is_error(problem) ? problem : make_bool(!decisive);
  }
};

// a.or(b), a.orValue(b). An attribute's value is taken from its walk; no optional is made for it.
struct OrValueNode : Node {
  const Node* first = nullptr;
  const AttributeNode* first_attribute = nullptr;
  const Node* second = nullptr;
  bool unwraps = false;  // orValue
  std::uint8_t own = 1;  // of the attribute

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

struct NotStrictlyFalseNode : Node {
  const Node* operand = nullptr;

  template <bool counting>
  static Value execute(const Node& self, Machine& machine) {
    const Value value = run(static_cast<const NotStrictlyFalseNode&>(self).operand, machine);
    if constexpr (counting) ++machine.cost;
    return value.kind == Kind::boolean ? value : make_bool(true);
  }
};

}  // namespace kastell::cel::fast
