// Members of documents' objects and of maps, for the nodes that read fields.
#pragma once

#include "cel/evaluate/fast/attribute.h"
#include "cel/evaluate/qualify.h"

namespace kastell::cel::fast {

[[gnu::always_inline]] inline const Value* find_member(const Value& value, Symbol symbol) {
  if ((value.flags & document::has_order) != 0) return value.find(symbol);
  const auto* keys = reinterpret_cast<const Symbol*>(value.items + value.size);
  for (std::uint32_t i = 0; i < value.size; ++i) {
    if (keys[i] == symbol) return value.items + i;
  }
  return nullptr;
}

// The member of an object or a map; null for everything else.
inline const Value* member(const Value& value, const Step& step, Symbol symbol, Machine& machine) {
  if (value.kind == Kind::object) return find_member(value, symbol);
  if (value.kind == value_kind::map) return find_key(value, step.key, machine.context.symbols);
  return nullptr;
}

inline Value with_step_id(const Value& error, const Step& step, Machine& machine) {
  return with_expr_id(machine.context.arena, error, step.id);
}

inline Value missing(const Value& value, const Step& step, Machine& machine) {
  if (!value.is_list()) return step.missing;
  return with_step_id(qualify(machine.context, value, step.key), step, machine);
}

inline bool is_plain_root(const Value& root) {
  return root.kind == Kind::object;
}

template <bool counting>
void count(Machine& machine, std::uint64_t units) {
  if constexpr (counting) machine.cost += units;
}

inline Found failed(const Value& error) {
  return {.state = Found::State::failed, .value = error};
}

}  // namespace kastell::cel::fast
