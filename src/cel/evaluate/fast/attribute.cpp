#include "cel/evaluate/fast/attribute.h"

#include "cel/evaluate/qualify.h"

namespace kastell::cel::fast {

namespace {

[[gnu::always_inline]] inline const Value* find_member(const Value& value, Symbol symbol) {
  if ((value.flags & document::has_order) != 0) return value.find(symbol);
  const auto* keys = reinterpret_cast<const Symbol*>(value.items + value.size);
  for (std::uint32_t i = 0; i < value.size; ++i) {
    if (keys[i] == symbol) return value.items + i;
  }
  return nullptr;
}

// The member of an object or a map; null for everything else.
const Value* member(const Value& value, const Step& step, Symbol symbol, Machine& machine) {
  if (value.kind == Kind::object) return find_member(value, symbol);
  if (value.kind == value_kind::map) return find_key(value, step.key, machine.context.symbols);
  return nullptr;
}

Value with_step_id(const Value& error, const Step& step, Machine& machine) {
  return with_expr_id(machine.context.arena, error, step.id);
}

Value missing(const Value& value, const Step& step, Machine& machine) {
  if (!value.is_list()) return step.missing;
  return with_step_id(qualify(machine.context, value, step.key), step, machine);
}

bool is_plain_root(const Value& root) {
  return root.kind == Kind::object;
}

template <bool counting>
void count(Machine& machine, std::uint64_t units) {
  if constexpr (counting) machine.cost += units;
}

Found failed(const Value& error) {
  return {.state = Found::State::failed, .value = error};
}

// A key that is computed: its own errors are the chain's.
template <bool counting>
Found select_computed(Found found, const Step& step, Machine& machine) {
  const Value key = run(step.computed, machine);
  if (is_error(key)) {
    if (!found.optional) count<counting>(machine, 1);
    return failed(key);
  }
  Step constant = step;
  constant.key = key;
  constant.computed = nullptr;
  constant.named = false;
  constant.missing = make_null();
  return walk<counting>(found, {&constant, 1}, machine);
}

template <bool counting>
Found select_if_present(Found found, const Step& step, Machine& machine) {
  const bool strict = machine.environment.options().strict_optional_access;
  const Presence presence = qualify_optionally(machine.context, found.value, step.key, strict);
  if (is_error(presence.problem)) return failed(with_step_id(presence.problem, step, machine));
  if (presence.element == nullptr) return {.state = Found::State::none, .optional = true};
  count<counting>(machine, 1);
  found.value = *presence.element;
  return found;
}

template <bool counting>
Found test_presence(const Found& found, const Step& step, Machine& machine) {
  count<counting>(machine, 1);
  const Presence presence = qualify_if_present(machine.context, found.value, step.key);
  if (is_error(presence.problem)) return failed(with_step_id(presence.problem, step, machine));
  return {.value = make_bool(presence.element != nullptr)};
}

template <bool counting>
Found select_constant(Found found, const Step& step, Machine& machine) {
  if (found.optional) return select_if_present<counting>(found, step, machine);
  if (step.tests) return test_presence<counting>(found, step, machine);
  count<counting>(machine, 1);
  found.value = qualify(machine.context, found.value, step.key);
  if (is_error(found.value)) return failed(with_step_id(found.value, step, machine));
  return found;
}

// The common step: a constant name in a document's object.
template <bool counting>
Found select_member(Found found, const Step& step, Machine& machine) {
  const Value* element = find_member(found.value, step.symbol);
  if (element == nullptr && found.optional) return {.state = Found::State::none, .optional = true};
  count<counting>(machine, 1);
  if (step.tests && !found.optional) return {.value = make_bool(element != nullptr)};
  if (element == nullptr) return failed(step.missing);
  found.value = *element;
  return found;
}

}  // namespace

template <bool counting>
Found walk(Found found, std::span<const Step> steps, Machine& machine) {
  for (const Step& step : steps) {
    if (found.state != Found::State::present) break;
    found.optional = found.optional || step.optional;
    if (step.named && found.value.kind == Kind::object) {
      found = select_member<counting>(found, step, machine);
    } else if (step.computed == nullptr) {
      found = select_constant<counting>(found, step, machine);
    } else {
      found = select_computed<counting>(found, step, machine);
    }
  }
  return found;
}

template <bool counting>
Value FrameNode::execute(const Node& self, Machine& machine) {
  const auto& node = static_cast<const FrameNode&>(self);
  count<counting>(machine, node.own);
  return machine.frame[node.slot];
}

template <bool counting>
Found FrameNode::find(const AttributeNode& self, Machine& machine) {
  return start(machine.frame[static_cast<const FrameNode&>(self).slot]);
}

namespace {

const Value& read_lazily(const LazyNode& node, Machine& machine) {
  if (machine.frame[node.slot].kind == not_yet_computed) machine.frame[node.slot] = run(node.initial, machine);
  return machine.frame[node.slot];
}

}  // namespace

template <bool counting>
Value LazyNode::execute(const Node& self, Machine& machine) {
  const auto& node = static_cast<const LazyNode&>(self);
  count<counting>(machine, node.own);
  return read_lazily(node, machine);
}

template <bool counting>
Found LazyNode::find(const AttributeNode& self, Machine& machine) {
  return start(read_lazily(static_cast<const LazyNode&>(self), machine));
}

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
    return finish(found, machine);
  }
  const Walked walked = walk_members(node, machine, node.size);
  count<counting>(machine, walked.failed_at + (walked.element == nullptr ? 1U : 0U) + node.own);
  return walked.element != nullptr ? *walked.element : missing(*walked.last, node.steps[walked.failed_at], machine);
}

template <bool counting>
Value PathTestNode::execute(const Node& self, Machine& machine) {
  const auto& node = static_cast<const PathTestNode&>(self);
  const Value* parent = walk_objects(node, machine.frame, node.size - 1);
  if (parent == nullptr || !is_plain_object(*parent)) return test_any<counting>(node, machine);
  const Value* element = find_member(*parent, node.symbols[node.size - 1]);
  count<counting>(machine, node.size + node.test_cost);
  machine.frame[node.remember].pointer = element;
  return make_bool(element != nullptr);
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
  const Value value = PathTestNode::execute<counting>(self, machine);
  count<counting>(machine, 1);
  if (value.kind == Kind::boolean) return make_bool(!value.boolean);
  return is_error(value) ? value : fail(no_such_overload, self, machine);
}

template <bool counting>
Found ChainNode::find(const AttributeNode& self, Machine& machine) {
  const auto& node = static_cast<const ChainNode&>(self);
  const Found root = node.root_attribute != nullptr ? node.root_attribute->resolve(*node.root_attribute, machine)
                                                    : start(run(node.root, machine));
  return walk<counting>(root, {node.steps, node.size}, machine);
}

template <bool counting>
Value ChainNode::execute(const Node& self, Machine& machine) {
  const auto& node = static_cast<const ChainNode&>(self);
  const Found found = find<counting>(node, machine);
  if constexpr (counting) {
    if (node.own > 0 || machine.cost > 0) machine.cost += static_cast<std::uint64_t>(std::int64_t{node.own});
  }
  if (!node.as_bool || found.state == Found::State::failed) return finish(found, machine);
  if (found.state == Found::State::none) return make_bool(false);
  return found.optional ? make_bool(true) : found.value;
}

template <bool counting>
Value ConditionalNode::execute(const Node& self, Machine& machine) {
  const auto& node = static_cast<const ConditionalNode&>(self);
  const Value condition = run(node.condition, machine);
  if (condition.kind == Kind::boolean) return run(node.branches[condition.boolean ? 0 : 1], machine);
  return is_error(condition) ? condition : fail(no_such_overload, node, machine);
}

template <bool counting>
Found ConditionalNode::find(const AttributeNode& self, Machine& machine) {
  const auto& node = static_cast<const ConditionalNode&>(self);
  const Value condition = run(node.condition, machine);
  if (is_error(condition)) return failed(condition);
  if (condition.kind != Kind::boolean) return failed(fail(no_such_overload, node, machine));
  const int branch = condition.boolean ? 0 : 1;
  const AttributeNode* attribute = node.branch_attributes[branch];
  return attribute != nullptr ? attribute->resolve(*attribute, machine) : start(run(node.branches[branch], machine));
}

#define KASTELL_INSTANTIATE(counting)                                       \
  template Found walk<counting>(Found, std::span<const Step>, Machine&);    \
  template Value FrameNode::execute<counting>(const Node&, Machine&);       \
  template Found FrameNode::find<counting>(const AttributeNode&, Machine&); \
  template Value LazyNode::execute<counting>(const Node&, Machine&);        \
  template Found LazyNode::find<counting>(const AttributeNode&, Machine&);  \
  template Value PathNode::execute<counting>(const Node&, Machine&);        \
  template Value PathTestNode::execute<counting>(const Node&, Machine&);    \
  template Value AbsenceTestNode::execute<counting>(const Node&, Machine&); \
  template Found PathNode::find<counting>(const AttributeNode&, Machine&);  \
  template Value ChainNode::execute<counting>(const Node&, Machine&);       \
  template Found ChainNode::find<counting>(const AttributeNode&, Machine&); \
  template Value ConditionalNode::execute<counting>(const Node&, Machine&); \
  template Found ConditionalNode::find<counting>(const AttributeNode&, Machine&);
KASTELL_INSTANTIATE(true)
KASTELL_INSTANTIATE(false)
#undef KASTELL_INSTANTIATE

}  // namespace kastell::cel::fast
