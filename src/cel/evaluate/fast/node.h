// The fast engine's form of an expression: nodes in one arena, each with the function that runs it.
//
// Every node type has run<counting>: with counting it adds the very units that the naive evaluator
// counts. The budget is looked at in loops and at the end, which is the same as looking everywhere:
// costs only grow, and a spent budget overrides every value.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>

#include "cel/evaluate/engine_access.h"

namespace kastell::cel::fast {

// One running evaluation. The frame holds the variables, then the locals of comprehensions.
struct Machine {
  CallContext context;
  const Environment& environment;
  Value* frame;
  std::uint64_t budget;
  std::uint64_t cost = 0;

  bool is_spent() const { return cost > budget; }
};

struct Node {
  using Run = Value (*)(const Node&, Machine&);
  Run code = nullptr;
  std::int64_t id = 0;  // of the expression, for errors
};

inline Value run(const Node* node, Machine& machine) {
  return node->code(*node, machine);
}

// An attribute on its way through its qualifiers (see NaiveEvaluator::Attribute).
struct Found {
  enum class State : std::uint8_t { present, none, failed } state = State::present;
  bool optional = false;
  Value value = {};
};

// A node that others continue: a root or a chain of selects.
struct AttributeNode : Node {
  using Resolve = Found (*)(const AttributeNode&, Machine&);
  Resolve resolve = nullptr;
};

// The functions that run a node of type N.
template <typename N>
void set_code(N& node, bool counting) {
  node.code = counting ? &N::template execute<true> : &N::template execute<false>;
  if constexpr (std::derived_from<N, AttributeNode>) {
    node.resolve = counting ? &N::template find<true> : &N::template find<false>;
  }
}

// An optional at the root of a chain is walked into.
inline Found start(const Value& root) {
  if (is_error(root)) return {.state = Found::State::failed, .value = root};
  if (root.kind != value_kind::optional) return {.value = root};
  if (as_optional(root) == nullptr) return {.state = Found::State::none, .optional = true};
  return {.optional = true, .value = *as_optional(root)};
}

inline Value finish(const Found& found, Machine& machine) {
  if (found.state == Found::State::none) return make_none();
  if (found.state == Found::State::failed || !found.optional) return found.value;
  return make_optional(machine.context.arena, found.value);
}

inline Value label(const Value& value, const Node& node, Machine& machine) {
  return is_error(value) ? with_expr_id(machine.context.arena, value, node.id) : value;
}

inline Value fail(std::string_view message, const Node& node, Machine& machine) {
  const auto* error = machine.context.arena.create<EvaluationError>(message, node.id);
  Value value;
  value.kind = value_kind::error;
  value.pointer = error;
  return value;
}

// The error keeps the view: a text that dies with the call must be copied into the arena first.
template <std::same_as<std::string> Dying>
Value fail(Dying&& message, const Node& node, Machine& machine) = delete;

// A value known when the program was made, with what computing it costs.
struct ConstantNode : Node {
  Value value = {};
  std::uint64_t cost = 0;

  template <bool counting>
  static Value execute(const Node& self, Machine& machine) {
    const auto& node = static_cast<const ConstantNode&>(self);
    if constexpr (counting) machine.cost += node.cost;
    return node.value;
  }
};

}  // namespace kastell::cel::fast
