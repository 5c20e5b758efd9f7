#include "cel/evaluate/growing_lists.h"

#include <algorithm>

#include "cel/list_manner.h"

namespace kastell::cel {

std::optional<Value> GrowingLists::join(Arena& arena, const Value& a, const Value& b) {
  if (!a.is_list() || !b.is_list() || a.size == 0 || b.size == 0 || has_manner(a)) return std::nullopt;
  const std::uint64_t size = std::uint64_t{a.size} + b.size;
  if (size > UINT32_MAX) return std::nullopt;
  const auto known = rooms_.find(a.items);
  const bool fits = known != rooms_.end() && known->second.used == a.size && size <= known->second.capacity;
  Value joined;
  joined.kind = Kind::list;
  joined.items = a.items;
  joined.size = static_cast<std::uint32_t>(size);
  if (fits) {
    known->second.used = size;
    std::ranges::copy(b.as_list(), const_cast<Value*>(a.items) + a.size);  // the block was allocated here, as writable
    return joined;
  }
  const std::uint64_t capacity = known == rooms_.end() ? size : 2 * size;
  auto* items = arena.allocate_array<Value>(capacity);
  std::ranges::copy(a.as_list(), items);
  std::ranges::copy(b.as_list(), items + a.size);
  joined.items = items;
  rooms_[items] = {size, capacity};
  return joined;
}

}  // namespace kastell::cel
