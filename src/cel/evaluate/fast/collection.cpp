#include "cel/evaluate/fast/collection.h"

#include <algorithm>

#include "cel/evaluate/engine_access.h"
#include "cel/evaluate/qualify.h"
#include "cel/evaluate/shape.h"
#include "cel/library/cost.h"

namespace kastell::cel::fast {

namespace {

Value fill_list(const ListNode& node, Machine& machine) {
  auto* items = machine.context.arena.allocate_array<Value>(node.size);
  Value list;
  list.kind = Kind::list;
  list.items = items;
  for (std::uint32_t i = 0; i < node.size; ++i) {
    const Value item = run(node.items[i], machine);
    if (is_error(item)) return item;
    if (node.optional == nullptr || !node.optional[i]) {
      items[list.size++] = item;
    } else if (item.kind != value_kind::optional) {
      return fail("cannot initialize optional list element from non-optional value", node, machine);
    } else if (as_optional(item) != nullptr) {
      items[list.size++] = *as_optional(item);
    }
  }
  return list;
}

// Takes earlier entries of the key out, keeping order; the number that remain.
std::uint32_t erase_key(MapEntry* entries, std::uint32_t size, const Value& key) {
  std::uint32_t kept = 0;
  for (std::uint32_t i = 0; i < size; ++i) {
    if (!same_map_key(entries[i].key, key)) entries[kept++] = entries[i];
  }
  return kept;
}

Value fill_map(const MapNode& node, Machine& machine) {
  auto* entries = machine.context.arena.allocate_array<MapEntry>(node.size);
  std::uint32_t size = 0;
  const bool strict = machine.environment.options().strict_map_literals;
  for (std::uint32_t i = 0; i < node.size; ++i) {
    const MapNode::Entry& entry = node.entries[i];
    const Value key = run(entry.key, machine);
    if (is_error(key)) return key;
    if (strict) {
      const Value problem = map_key_problem(machine.context, {entries, size}, key);
      if (is_error(problem)) return with_expr_id(machine.context.arena, problem, node.id);
    }
    const Value value = run(entry.value, machine);
    if (is_error(value)) return value;
    if (!entry.optional) {
      entries[size++] = {key, value};
    } else if (value.kind != value_kind::optional) {
      return fail(optional_entry_expected, node, machine);
    } else if (as_optional(value) == nullptr) {
      size = erase_key(entries, size, key);
    } else {
      entries[size++] = {key, *as_optional(value)};
    }
  }
  return make_map(machine.context.arena, {entries, size});
}

std::uint32_t erase_field(StructureField* fields, std::uint32_t size, std::string_view name) {
  const auto* end = std::remove_if(fields, fields + size, [&](const StructureField& f) { return f.name == name; });
  return static_cast<std::uint32_t>(end - fields);
}

Value fill_structure(const StructureNode& node, Machine& machine) {
  auto* fields = machine.context.arena.allocate_array<StructureField>(node.size);
  std::uint32_t size = 0;
  for (std::uint32_t i = 0; i < node.size; ++i) {
    const StructureNode::Field& field = node.fields[i];
    const Value value = run(field.value, machine);
    if (is_error(value)) return value;
    if (!field.optional) {
      fields[size++] = {field.name, value};
    } else if (value.kind != value_kind::optional) {
      return fail(optional_entry_expected, node, machine);
    } else if (as_optional(value) != nullptr) {
      fields[size++] = {field.name, *as_optional(value)};
    } else {
      size = erase_field(fields, size, field.name);
    }
  }
  return construct_structure(machine.environment, machine.context, node.type, {fields, size});
}

}  // namespace

template <bool counting>
Value ListNode::execute(const Node& self, Machine& machine) {
  const Value list = fill_list(static_cast<const ListNode&>(self), machine);
  if constexpr (counting) machine.cost += cost::list_creation;
  return list;
}

template <bool counting>
Value StructureNode::execute(const Node& self, Machine& machine) {
  const auto& node = static_cast<const StructureNode&>(self);
  const Value structure = fill_structure(node, machine);
  if constexpr (counting) machine.cost += structure_cost;
  return label(structure, node, machine);
}

template <bool counting>
Value MapNode::execute(const Node& self, Machine& machine) {
  const Value map = fill_map(static_cast<const MapNode&>(self), machine);
  if constexpr (counting) machine.cost += cost::map_creation;
  return map;
}

template Value ListNode::execute<true>(const Node&, Machine&);
template Value ListNode::execute<false>(const Node&, Machine&);
template Value StructureNode::execute<true>(const Node&, Machine&);
template Value StructureNode::execute<false>(const Node&, Machine&);
template Value MapNode::execute<true>(const Node&, Machine&);
template Value MapNode::execute<false>(const Node&, Machine&);

}  // namespace kastell::cel::fast
