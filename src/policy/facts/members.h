// Members of what may not be there: an absent object has none, an absent text is empty, an absent list has no items.
//
// Pure and thread-safe.
#pragma once

#include <span>
#include <string_view>

#include "document/node.h"

namespace kastell::policy {

inline const document::Node* member(const document::Node* object, Symbol key) {
  return object == nullptr ? nullptr : object->find(key);
}
inline std::string_view text(const document::Node* node) {
  return node == nullptr ? std::string_view{} : node->as_string();
}
inline std::span<const document::Node> items(const document::Node* list) {
  return list == nullptr ? std::span<const document::Node>{} : list->as_list();
}

}  // namespace kastell::policy
