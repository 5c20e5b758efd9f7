#include "document/build/tree_builder.h"

#include <algorithm>

namespace kastell::document {

namespace {
constexpr std::uint16_t merged = 1;  // mark in Node::aux while an object is open
}

// A number that no key is marked with, however long the builder is used.
std::uint32_t TreeBuilder::next_object() {
  if (++objects_checked_ == 0) {
    std::ranges::fill(last_object_with_, 0);
    objects_checked_ = 1;
  }
  return objects_checked_;
}

// Whether `object` was asked about this key before.
bool TreeBuilder::seen_in(std::uint32_t object, Symbol key) {
  const auto symbol = static_cast<std::uint32_t>(key);
  if (symbol >= last_object_with_.size()) last_object_with_.resize(std::size_t{symbol} * 2 + 1024);
  const bool seen = last_object_with_[symbol] == object;
  last_object_with_[symbol] = object;
  return seen;
}

std::optional<DuplicateKey> TreeBuilder::find_duplicate() {
  const std::uint32_t object = next_object();
  for (std::size_t i = open_.back().base; i < members_.size(); ++i) {
    if (members_[i].value.aux != merged && seen_in(object, members_[i].key)) return locate_duplicate(i);
  }
  return std::nullopt;
}

void TreeBuilder::merge(const Node& object) {
  const auto keys = object.member_keys();
  for (std::uint32_t i = 0; i < object.size; ++i) {
    Member member{keys[i], object.items[i], object.key_offsets()[i], object.value_offsets()[i]};
    member.value.aux = merged;
    members_.push_back(member);
  }
}

void TreeBuilder::settle_merges() {
  const std::uint32_t object = next_object();
  std::size_t kept = open_.back().base;
  for (std::size_t i = kept; i < members_.size(); ++i) {
    Member member = members_[i];
    member.value.aux = 0;
    const auto symbol = static_cast<std::uint32_t>(member.key);
    const bool seen = seen_in(object, member.key);
    if (settled_at_.size() < last_object_with_.size()) settled_at_.resize(last_object_with_.size());
    if (!seen) settled_at_[symbol] = static_cast<std::uint32_t>(kept++);
    members_[settled_at_[symbol]] = member;
  }
  members_.resize(kept);
}

DuplicateKey TreeBuilder::locate_duplicate(std::size_t second) const {
  const Member& again = members_[second];
  std::size_t first = open_.back().base;
  while (members_[first].key != again.key || members_[first].value.aux == merged) ++first;
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
