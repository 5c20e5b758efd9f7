#include "cel/evaluate/fast/logic.h"

namespace kastell::cel::fast {

namespace {

Value choose(const OrValueNode& node, const Value& first, Machine& machine) {
  if (first.kind != value_kind::optional) return fail(no_such_overload, node, machine);
  if (as_optional(first) == nullptr) return run(node.second, machine);
  return node.unwraps ? *as_optional(first) : first;
}

template <bool counting>
Value execute_on_attribute(const OrValueNode& node, Machine& machine) {
  const Found found = node.first_attribute->resolve(*node.first_attribute, machine);
  if constexpr (counting) machine.cost += node.own;
  if (found.state == Found::State::failed) return found.value;
  if (!found.optional) return choose(node, found.value, machine);  // an optional that lies in a list or map
  if (found.state == Found::State::none) return run(node.second, machine);
  return node.unwraps ? found.value : finish(found, machine);
}

}  // namespace

template <bool counting>
Value OrValueNode::execute(const Node& self, Machine& machine) {
  const auto& node = static_cast<const OrValueNode&>(self);
  if (node.first_attribute != nullptr) return execute_on_attribute<counting>(node, machine);
  const Value first = run(node.first, machine);
  return is_error(first) ? first : choose(node, first, machine);
}

template Value OrValueNode::execute<true>(const Node&, Machine&);
template Value OrValueNode::execute<false>(const Node&, Machine&);

}  // namespace kastell::cel::fast
