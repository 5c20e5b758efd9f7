// Lists that are compared and added to in a manner of their own: API servers' lists of type set and map.
//
//   const Value list = make_list(arena, items, manner);
//
// It is a list to everything else, of Reflection::own. The pointer to its manner lies in a node before its items.
//
// Thread-safety: that of the manner.
#pragma once

#include "cel/value.h"

namespace kastell::cel {

// What == and + are where such a list stands on their left. Must outlive its lists.
class ListManner {
 public:
  virtual ~ListManner() = default;
  // `own` is a list of this manner, `other` any list.
  virtual Equality compare(const Value& own, const Value& other, const SymbolTable& symbols) const = 0;
  virtual Value add(Arena& arena, const Value& own, const Value& other, const SymbolTable& symbols) const = 0;
};

Value make_list(Arena& arena, std::span<const Value> items, const ListManner& manner);

inline bool has_manner(const Value& value) {
  return value.aux == static_cast<std::uint16_t>(Reflection::own) && value.is_list();
}
inline const ListManner& manner_of(const Value& list) {
  return *static_cast<const ListManner*>(list.items[-1].pointer);
}

// Of a list with a manner: its items are asked whether they equal the element.
Equality find_asking_items(const Value& list, const Value& element, const SymbolTable& symbols);

// Whether the list has that element. Lists with a manner ask their items, as API servers' do; others ask the element,
// as cel-go's do.
inline Equality find_element(const Value& list, const Value& element, const SymbolTable& symbols) {
  if (has_manner(list)) return find_asking_items(list, element, symbols);
  for (const Value& item : list.as_list()) {
    if (equal(element, item, symbols)) return Equality::yes;
  }
  return Equality::no;
}

}  // namespace kastell::cel
