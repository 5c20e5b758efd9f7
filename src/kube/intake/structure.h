// An object that is being changed: its members, found by name.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "document/node.h"
#include "kube/intake/names.h"

namespace kastell::kube::intake {

class Structure {
 public:
  Structure(const document::Node& object, SymbolTable& symbols, Arena& arena) : symbols_(symbols), arena_(arena) {
    members_.reserve(object.size + 4);
    for (std::uint32_t i = 0; i < object.size; ++i) members_.push_back({object.member_keys()[i], object.items[i]});
  }

  std::vector<document::Member>& members() { return members_; }
  SymbolTable& symbols() const { return symbols_; }
  Arena& arena() const { return arena_; }

  // Null if there is no such member. Valid until the next change.
  const document::Node* find(Symbol name) const {
    const auto found = std::ranges::find(members_, name, &document::Member::key);
    return found == members_.end() ? nullptr : &found->value;
  }
  const document::Node* find(std::string_view name) const { return find(symbols_.intern(name)); }
  std::string_view text(std::string_view name) const {
    const document::Node* node = find(name);
    return node == nullptr ? std::string_view{} : node->as_string();
  }
  // The object that a member is, empty if there is none, to be changed and set again.
  Structure below(std::string_view name) const {
    const document::Node* node = find(name);
    return {node == nullptr ? document::Node::make_empty_object() : *node, symbols_, arena_};
  }
  bool has(std::string_view name) const { return find(name) != nullptr; }

  void set(Symbol name, const document::Node& value) {
    const auto found = std::ranges::find(members_, name, &document::Member::key);
    if (found != members_.end()) {
      found->value = value;
    } else {
      members_.push_back({name, value});
    }
  }
  void set(std::string_view name, const document::Node& value) { set(symbols_.intern(name), value); }
  void add_missing(const Structure& other) {
    for (const document::Member& member : other.members_) {
      if (find(member.key) == nullptr) set(member.key, member.value);
    }
  }
  void remove(std::string_view name) {
    std::erase_if(members_, [key = symbols_.intern(name)](const auto& member) { return member.key == key; });
  }

  document::Node node() const { return document::make_object(arena_, members_, false); }

 private:
  SymbolTable& symbols_;
  Arena& arena_;
  std::vector<document::Member> members_;
};

// Changes every item of a list of objects.
template <typename Change>
void change_items(Structure& outer, std::string_view name, const Change& change) {
  const document::Node* list = outer.find(name);
  if (list == nullptr || !list->is_list()) return;
  std::vector<document::Node> changed;
  for (const document::Node& item : list->as_list()) {
    Structure structure(item, outer.symbols(), outer.arena());
    change(structure);
    changed.push_back(structure.node());
  }
  outer.set(name, document::make_list(outer.arena(), changed));
}

}  // namespace kastell::kube::intake
