#include "document/build/tree_builder.h"

#include <algorithm>

namespace kastell::document {

std::optional<DuplicateKey> TreeBuilder::find_duplicate() {
  const std::uint32_t object = ++objects_checked_;
  for (std::size_t i = open_.back().base; i < members_.size(); ++i) {
    const auto symbol = static_cast<std::uint32_t>(members_[i].key);
    if (symbol >= last_object_with_.size()) last_object_with_.resize(std::size_t{symbol} * 2 + 1024);
    if (last_object_with_[symbol] == object) return locate_duplicate(i);
    last_object_with_[symbol] = object;
  }
  return std::nullopt;
}

DuplicateKey TreeBuilder::locate_duplicate(std::size_t second) const {
  const Member& again = members_[second];
  std::size_t first = open_.back().base;
  while (members_[first].key != again.key) ++first;
  return {again.key, members_[first].key_offset, again.key_offset};
}

TreeBuilder::Closed TreeBuilder::close() {
  const Open open = open_.back();
  open_.pop_back();
  Closed closed{{}, open.offset};
  if (open.is_object) {
    closed.node = make_object(arena_, std::span(members_).subspan(open.base), true);
    members_.resize(open.base);
  } else {
    closed.node = make_list(arena_, std::span(items_).subspan(open.base), true);
    items_.resize(open.base);
  }
  return closed;
}

void TreeBuilder::clear() {
  open_.clear();
  members_.clear();
  items_.clear();
}

}  // namespace kastell::document
