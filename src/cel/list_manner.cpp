#include "cel/list_manner.h"

#include <algorithm>

namespace kastell::cel {

Value make_list(Arena& arena, std::span<const Value> items, const ListManner& manner) {
  auto* block = arena.allocate_array<Value>(items.size() + 1);
  block[0] = Value{};
  block[0].pointer = &manner;
  std::ranges::copy(items, block + 1);
  Value list;
  list.kind = Kind::list;
  list.size = static_cast<std::uint32_t>(items.size());
  list.items = block + 1;
  return reflected(list, Reflection::own);
}

Equality find_asking_items(const Value& list, const Value& element, const SymbolTable& symbols) {
  Equality outcome = Equality::no;
  for (const Value& item : list.as_list()) {
    const Equality one = compare_equality(item, element, symbols);
    if (one == Equality::yes) return one;
    if (one == Equality::incomparable) outcome = one;
  }
  return outcome;
}

}  // namespace kastell::cel
