#include "cel/evaluate/fast/attribute.h"

#include "cel/evaluate/fast/member.h"

namespace kastell::cel::fast {

namespace {

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
  if (is_noticed(found.value)) return failed(with_step_id(found.value, step, machine));
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

// As far as constant names lead through a document's objects, without copying what lies on the way.
struct Way {
  std::size_t steps = 0;  // taken
  bool optional = false;
  const Value* at = nullptr;  // null: the next step leads nowhere
};

template <bool counting>
Way walk_names(const Found& found, std::span<const Step> steps, Machine& machine) {
  Way way{.optional = found.optional, .at = &found.value};
  for (const Step& step : steps) {
    if (!step.named || step.tests || way.at->kind != Kind::object) break;
    way.optional = way.optional || step.optional;
    way.at = find_member(*way.at, step.symbol);
    if (way.at != nullptr || !way.optional) count<counting>(machine, 1);
    if (way.at == nullptr) break;
    ++way.steps;
  }
  return way;
}

}  // namespace

template <bool counting>
Found walk(const Found& root, std::span<const Step> steps, Machine& machine) {
  if (root.state != Found::State::present) return root;
  const Way way = walk_names<counting>(root, steps, machine);
  if (way.at == nullptr) {
    return way.optional ? Found{.state = Found::State::none, .optional = true} : failed(steps[way.steps].missing);
  }
  Found found{.optional = way.optional, .value = *way.at};
  for (const Step& step : steps.subspan(way.steps)) {
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
  if (!node.as_bool || found.state == Found::State::failed) return label(finish(found, machine), node, machine);
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

#define KASTELL_INSTANTIATE(counting)                                           \
  template Found walk<counting>(const Found&, std::span<const Step>, Machine&); \
  template Value FrameNode::execute<counting>(const Node&, Machine&);           \
  template Found FrameNode::find<counting>(const AttributeNode&, Machine&);     \
  template Value LazyNode::execute<counting>(const Node&, Machine&);            \
  template Found LazyNode::find<counting>(const AttributeNode&, Machine&);      \
  template Value ChainNode::execute<counting>(const Node&, Machine&);           \
  template Found ChainNode::find<counting>(const AttributeNode&, Machine&);     \
  template Value ConditionalNode::execute<counting>(const Node&, Machine&);     \
  template Found ConditionalNode::find<counting>(const AttributeNode&, Machine&);
KASTELL_INSTANTIATE(true)
KASTELL_INSTANTIATE(false)
#undef KASTELL_INSTANTIATE

}  // namespace kastell::cel::fast