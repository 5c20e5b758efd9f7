// What schemas say of lists.

#include <unordered_map>

#include "custom/values/equal_values.h"
#include "custom/values/walk.h"

namespace kastell::custom {

using document::Node;
using document::Step;

void ValueWalk::check_list(const Node& list, const Node& schema, Asked asked) {
  check_size(list.size, schema, words_.min_items, words_.max_items, "item");
  check_duplicates(list, schema);
  const Node* items = schema.find(words_.items);
  if (items == nullptr) return;
  for (std::uint32_t i = 0; i < list.size; ++i) check_below(Step::index(i), list.items[i], *items, asked);
}

void ValueWalk::check_duplicates(const Node& list, const Node& schema) {
  const std::string_view type = text_of(schema, words_.list_type);
  if (type == "map") {
    const std::vector<Symbol> keys = map_keys(schema);
    if (!keys.empty()) report_duplicates(list, keys, false);
  } else if (type == "set" || is_true(schema, words_.unique_items)) {
    report_duplicates(list, {}, true);
  }
}

std::vector<Symbol> ValueWalk::map_keys(const Node& schema) {
  std::vector<Symbol> keys;
  const Node* names = schema.find(words_.list_map_keys);
  if (names == nullptr || names->as_list().empty()) {
    unreadable(words_.list_map_keys, "no list of names, as the list's type demands");
    return {};
  }
  for (const Node& name : names->as_list()) {
    if (const auto known = symbols_.find(name.as_string())) keys.push_back(*known);
  }
  // A key that no object of the whole input has tells no two items apart.
  return keys;
}

void ValueWalk::report_duplicates(const Node& list, const std::vector<Symbol>& keys, bool whole) {
  std::unordered_map<std::string, std::uint32_t> first;
  for (std::uint32_t i = 0; i < list.size && !steps_.is_exhausted(); ++i) {
    std::string identity;
    if (whole) append_identity(identity, list.items[i], steps_);
    for (const Symbol key : keys) {
      const Node* value = list.items[i].find(key);
      append_identity(identity, value == nullptr ? Node::make_null() : *value, steps_);
    }
    const auto [at, is_new] = first.emplace(std::move(identity), i);
    if (is_new || steps_.is_exhausted()) continue;
    path_.push_back(Step::index(i));
    fail((whole ? "is the same as item " : "has the same keys as item ") + std::to_string(at->second) +
         ", of which its definition allows one");
    path_.pop_back();
  }
}

}  // namespace kastell::custom
