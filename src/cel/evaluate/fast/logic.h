// && and ||, which absorb errors, and the short forms on optionals.
#pragma once

#include "cel/evaluate/fast/node.h"

namespace kastell::cel::fast {

// decisive: false for &&, true for ||.
template <bool decisive>
struct LogicNode : Node {
  const Node* operands[2] = {};

  template <bool counting>
  static Value execute(const Node& self, Machine& machine) {
    const auto& node = static_cast<const LogicNode&>(self);
    const Value first = run(node.operands[0], machine);
    if (first.kind == Kind::boolean) [[likely]] {
      if (first.boolean == decisive) return first;
      const Value second = run(node.operands[1], machine);
      return second.kind == Kind::boolean ? second : problem(node, second, machine);
    }
    const Value second = run(node.operands[1], machine);
    if (second.kind == Kind::boolean && second.boolean == decisive) return second;
    return problem(node, first, machine);
  }

 private:
  static Value problem(const LogicNode& node, const Value& value, Machine& machine) {
    return is_error(value) ? value : fail(no_such_overload, node, machine);
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
