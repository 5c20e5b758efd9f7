#include "cel/evaluate/fast/call.h"

#include <algorithm>
#include <array>
#include <functional>
#include <stdexcept>

#include "base/text.h"
#include "cel/evaluate/constant.h"
#include "cel/library/cost.h"

namespace kastell::cel::fast {

namespace {

constexpr std::size_t usual_operands = 4;

template <bool counting>
Value call(const CallNode& node, std::span<Value> arguments, Machine& machine) {
  const Value* problem = nullptr;
  for (std::uint32_t i = 0; i < node.size; ++i) {
    arguments[i] = run(node.operands[i], machine);
    if (problem == nullptr && is_error(arguments[i])) problem = &arguments[i];
    if (problem != nullptr && node.stops_at_error && i + 1 < node.size) return *problem;
  }
  const Value result = problem != nullptr ? *problem
                       : node.operation != nullptr
                           ? node.operation(machine.context, arguments)
                           : dispatch(machine.environment, node.candidates, node.function, machine.context, arguments);
  if constexpr (counting) {
    machine.cost += call_cost(machine.environment, node.candidates, machine.context, arguments, result);
  }
  return label(result, node, machine);
}

bool is_equality(BinaryNode::Form form) {
  return form == BinaryNode::Form::equals || form == BinaryNode::Form::not_equals;
}

// The answer for two integers, if the operator is a comparison.
bool compare_directly(BinaryNode::Form form, std::int64_t a, std::int64_t b) {
  switch (form) {
    case BinaryNode::Form::equals: return a == b;
    case BinaryNode::Form::not_equals: return a != b;
    case BinaryNode::Form::less: return a < b;
    case BinaryNode::Form::less_equals: return a <= b;
    case BinaryNode::Form::greater: return a > b;
    default: return a >= b;
  }
}

std::size_t hash_of(std::string_view text) {
  return std::hash<std::string_view>{}(text);
}

bool is_indexed(const ConstantSetNode& node, std::string_view text) {
  for (std::size_t slot = hash_of(text);; ++slot) {
    const std::uint32_t number = node.index[slot & node.index_mask];
    if (number == 0) return false;
    if (node.list.items[number - 1].as_string() == text) return true;
  }
}

bool contains(const ConstantSetNode& node, const Value& value, Machine& machine) {
  if (node.index != nullptr) return value.is_string() && is_indexed(node, value.as_string());
  if (node.as_set) return constant_set_contains(node.list, value);
  const auto elements = node.list.as_list();
  return std::any_of(elements.begin(), elements.end(),
                     [&](const Value& element) { return equal(value, element, machine.context.symbols); });
}

// The shorter text's traversal. Where that is the same for every text, code points need no counting.
std::uint64_t cost_of(const TextEqualityNode& node, const Value& value) {
  if (value.kind == value_kind::opaque && !node.negated) return 1;
  const std::uint64_t most = cost::traversal(node.text_size);
  if (most <= 1 && value.is_string()) return value.as_string().empty() ? 0 : most;
  return cost::traversal(std::min<std::uint64_t>(cost::size_within(value), node.text_size));
}

}  // namespace

template <bool counting>
Value CallNode::execute(const Node& self, Machine& machine) {
  const auto& node = static_cast<const CallNode&>(self);
  if (node.size <= usual_operands) {
    std::array<Value, usual_operands> arguments;
    return call<counting>(node, {arguments.data(), node.size}, machine);
  }
  auto* arguments = machine.context.arena.allocate_array<Value>(node.size);
  return call<counting>(node, {arguments, node.size}, machine);
}

// == with a text is an error.
bool is_incomparable_with_text(const Value& value) {
  return value.kind == value_kind::opaque || is_reflected(value);
}

template <bool counting>
Value TextEqualityNode::execute(const Node& self, Machine& machine) {
  const auto& node = static_cast<const TextEqualityNode&>(self);
  const Value value = run(node.operand, machine);
  if constexpr (counting) machine.cost += cost_of(node, value);
  if (is_error(value)) return value;
  if (is_incomparable_with_text(value) && !node.negated) return fail(no_such_overload, node, machine);
  return make_bool((value.is_string() && value.as_string() == node.text.as_string()) != node.negated);
}

template <bool counting>
Value BinaryNode::execute(const Node& self, Machine& machine) {
  const auto& node = static_cast<const BinaryNode&>(self);
  const std::array arguments{run(node.operands[0], machine), run(node.operands[1], machine)};
  const auto& [a, b] = arguments;
  if (node.form != Form::general && a.kind == Kind::integer && b.kind == Kind::integer) {
    if constexpr (counting) ++machine.cost;
    return make_bool(compare_directly(node.form, a.integer, b.integer));
  }
  if (is_equality(node.form) && a.kind == Kind::boolean && b.kind == Kind::boolean) {
    if constexpr (counting) ++machine.cost;
    return make_bool((a.boolean == b.boolean) == (node.form == Form::equals));
  }
  const Value result = is_error(a) ? a : is_error(b) ? b : node.operation(machine.context, arguments);
  if constexpr (counting) machine.cost += node.cost == nullptr ? 1 : node.cost(machine.context, arguments, result);
  return label(result, node, machine);
}

template <bool counting>
Value NotNode::execute(const Node& self, Machine& machine) {
  const Value value = run(static_cast<const NotNode&>(self).operand, machine);
  if constexpr (counting) ++machine.cost;
  if (value.kind == Kind::boolean) return make_bool(!value.boolean);
  return is_error(value) ? value : fail(no_such_overload, self, machine);
}

template <bool counting>
Value ConstantSetNode::execute(const Node& self, Machine& machine) {
  const auto& node = static_cast<const ConstantSetNode&>(self);
  const Value value = run(node.operand, machine);
  if constexpr (counting) machine.cost += node.cost;
  return is_error(value) ? value : make_bool(contains(node, value, machine));
}

bool LateRegex::compiles() {
  const std::lock_guard lock(making_);
  if (regex_ != nullptr) return true;
  auto made = compile_regex(pattern_);
  if (!made) return false;
  regex_ = std::move(*made);
  made_.store(regex_.get(), std::memory_order_release);
  return true;
}

const re2::RE2& LateRegex::make() {
  if (!compiles()) throw std::logic_error("the pattern is not sound");
  return *made_.load(std::memory_order_acquire);
}

template <bool counting>
Value RegexNode::execute(const Node& self, Machine& machine) {
  const auto& node = static_cast<const RegexNode&>(self);
  const std::array arguments{run(node.text, machine), node.pattern};
  const Value& text = arguments[0];
  if (node.stops_at_error && is_error(text)) return text;
  const Value result = text.is_string() ? make_bool(matches_partially(node.regex->get(), text.as_string()))
                       : is_error(text) ? text
                                        : no_such_overload_error(machine.context.arena, "matches", arguments);
  if constexpr (counting) {
    machine.cost += call_cost(machine.environment, node.candidates, machine.context, arguments, result);
  }
  return label(result, node, machine);
}

#define KASTELL_INSTANTIATE(counting)                                        \
  template Value CallNode::execute<counting>(const Node&, Machine&);         \
  template Value TextEqualityNode::execute<counting>(const Node&, Machine&); \
  template Value BinaryNode::execute<counting>(const Node&, Machine&);       \
  template Value NotNode::execute<counting>(const Node&, Machine&);          \
  template Value ConstantSetNode::execute<counting>(const Node&, Machine&);  \
  template Value RegexNode::execute<counting>(const Node&, Machine&);
KASTELL_INSTANTIATE(true)
KASTELL_INSTANTIATE(false)
#undef KASTELL_INSTANTIATE

}  // namespace kastell::cel::fast
