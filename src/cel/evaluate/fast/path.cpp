#include "cel/evaluate/fast/attribute.h"
#include "cel/evaluate/fast/member.h"

namespace kastell::cel::fast {

namespace {

struct Walked {
  const Value* element;  // null: `failed_at` is the step that found nothing in `last`
  const Value* last;
  std::uint32_t failed_at;
};

Walked walk_members(const PathNode& node, Machine& machine, std::uint32_t size) {
  const Value* at = machine.frame + node.slot;
  std::uint32_t i = 0;
  if (node.shortcut.steps != 0) {
    const auto* known = static_cast<const Value*>(machine.frame[node.shortcut.slot].pointer);
    if (known != nullptr) {
      at = known;
      i = node.shortcut.steps;
    }
  }
  for (; i < size; ++i) {
    const Value* next = member(*at, node.steps[i], node.symbols[i], machine);
    if (next == nullptr) return {nullptr, at, i};
    at = next;
  }
  return {at, nullptr, size};
}

// The first `size` names, as long as everything is there and an object of a document; else null, and somebody slower
// must look. Needs no stack frame, which is most of what a short walk would cost.
[[gnu::always_inline]] inline const Value* walk_objects(const PathNode& node, const Value* frame, std::uint32_t size) {
  const Value* at = frame + node.slot;
  if (at->kind != Kind::object) return nullptr;
  std::uint32_t i = 0;
  if (node.shortcut.steps != 0) {
    const auto* known = static_cast<const Value*>(frame[node.shortcut.slot].pointer);
    if (known != nullptr) {
      at = known;
      i = node.shortcut.steps;
    }
  }
  for (; i < size; ++i) {
    if (at->kind != Kind::object || (at->flags & document::has_order) != 0) return nullptr;
    at = find_member(*at, node.symbols[i]);
    if (at == nullptr) return nullptr;
  }
  return at;
}

// Of a short object, whose members are looked through.
bool is_plain_object(const Value& value) {
  return value.kind == Kind::object && (value.flags & document::has_order) == 0;
}

}  // namespace

template <bool counting>
Found PathNode::find(const AttributeNode& self, Machine& machine) {
  const auto& node = static_cast<const PathNode&>(self);
  return walk<counting>(start(machine.frame[node.slot]), {node.steps, node.size}, machine);
}

template <bool counting>
Value PathNode::execute(const Node& self, Machine& machine) {
  const auto& node = static_cast<const PathNode&>(self);
  const Value* element = walk_objects(node, machine.frame, node.size);
  if (element == nullptr) return walk_any<counting>(node, machine);
  count<counting>(machine, node.size + node.own);
  return *element;
}

template <bool counting>
Value PathNode::walk_any(const PathNode& node, Machine& machine) {
  if (!is_plain_root(machine.frame[node.slot])) {
    const Found found = find<counting>(node, machine);
    count<counting>(machine, node.own);
    return label(finish(found, machine), node, machine);
  }
  const Walked walked = walk_members(node, machine, node.size);
  count<counting>(machine, walked.failed_at + (walked.element == nullptr ? 1U : 0U) + node.own);
  return walked.element != nullptr ? *walked.element : missing(*walked.last, node.steps[walked.failed_at], machine);
}

template <bool counting>
[[gnu::always_inline]] inline Value PathTestNode::test(const PathTestNode& node, Machine& machine) {
  const Value* parent = walk_objects(node, machine.frame, node.size - 1);
  if (parent == nullptr || !is_plain_object(*parent)) return test_any<counting>(node, machine);
  const Value* element = find_member(*parent, node.symbols[node.size - 1]);
  count<counting>(machine, node.size + node.test_cost);
  machine.frame[node.remember].pointer = element;
  return make_bool(element != nullptr);
}

template <bool counting>
Value PathTestNode::execute(const Node& self, Machine& machine) {
  return test<counting>(static_cast<const PathTestNode&>(self), machine);
}

template <bool counting>
Value PathTestNode::test_any(const PathTestNode& node, Machine& machine) {
  machine.frame[node.remember].pointer = nullptr;
  if (!is_plain_root(machine.frame[node.slot])) {
    const Found found = find<counting>(node, machine);
    count<counting>(machine, node.test_cost);
    if (found.state == Found::State::failed) return found.value;
    if (found.state == Found::State::none) return make_bool(false);
    return found.optional ? make_bool(true) : found.value;
  }
  const Walked walked = walk_members(node, machine, node.size - 1);
  if (walked.element == nullptr) {
    count<counting>(machine, walked.failed_at + 1 + node.test_cost);
    return missing(*walked.last, node.steps[walked.failed_at], machine);
  }
  count<counting>(machine, node.size + node.test_cost);
  const Step& last = node.steps[node.size - 1];
  const Value* element = member(*walked.element, last, node.symbols[node.size - 1], machine);
  if (element == nullptr && walked.element->is_list()) return missing(*walked.element, last, machine);
  machine.frame[node.remember].pointer = element;
  return make_bool(element != nullptr);
}

template <bool counting>
Value AbsenceTestNode::execute(const Node& self, Machine& machine) {
  const Value value = test<counting>(static_cast<const AbsenceTestNode&>(self), machine);
  count<counting>(machine, 1);
  if (value.kind == Kind::boolean) return make_bool(!value.boolean);
  return is_error(value) ? value : fail(no_such_overload, self, machine);
}

#define KASTELL_INSTANTIATE(counting)                                       \
  template Value PathNode::execute<counting>(const Node&, Machine&);        \
  template Value PathTestNode::execute<counting>(const Node&, Machine&);    \
  template Value AbsenceTestNode::execute<counting>(const Node&, Machine&); \
  template Found PathNode::find<counting>(const AttributeNode&, Machine&);
KASTELL_INSTANTIATE(true)
KASTELL_INSTANTIATE(false)
#undef KASTELL_INSTANTIATE

}  // namespace kastell::cel::fast
