// An object that is being changed: its members, found by name.
//
//   Structure container(node, symbols, arena);
//   if (!container.has("imagePullPolicy")) container.set("imagePullPolicy", Node::make_string("Always"));
//   const Node changed = container.node();  // lies in the arena; what did not change is shared
//
// A member is found by looking at all: for structures of a few fields, not for maps of any size. One per thread.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/symbol.h"
#include "document/node.h"

namespace kastell::document {

class Structure {
 public:
  // Of what is no object: an empty one.
  Structure(const Node& object, SymbolTable& symbols, Arena& arena) : symbols_(symbols), arena_(arena) {
    const auto keys = object.member_keys();
    members_.reserve(keys.size() + 4);
    for (std::size_t i = 0; i < keys.size(); ++i) members_.push_back({keys[i], object.items[i]});
  }

  std::vector<Member>& members() { return members_; }
  SymbolTable& symbols() const { return symbols_; }
  Arena& arena() const { return arena_; }

  // Null if there is no such member. Valid until the next change.
  const Node* find(Symbol name) const {
    const auto found = std::ranges::find(members_, name, &Member::key);
    return found == members_.end() ? nullptr : &found->value;
  }
  const Node* find(std::string_view name) const { return find(symbols_.intern(name)); }
  std::string_view text(std::string_view name) const {
    const Node* node = find(name);
    return node == nullptr ? std::string_view{} : node->as_string();
  }
  // The object that a member is, empty if there is none, to be changed and set again.
  Structure below(std::string_view name) const {
    const Node* node = find(name);
    return {node == nullptr ? Node::make_empty_object() : *node, symbols_, arena_};
  }
  bool has(std::string_view name) const { return find(name) != nullptr; }

  void set(Symbol name, const Node& value) {
    const auto found = std::ranges::find(members_, name, &Member::key);
    if (found != members_.end()) {
      found->value = value;
    } else {
      members_.push_back({name, value});
    }
  }
  void set(std::string_view name, const Node& value) { set(symbols_.intern(name), value); }
  void add_missing(const Structure& other) {
    std::vector<Symbol> known;
    for (const Member& member : members_) known.push_back(member.key);
    std::ranges::sort(known);
    for (const Member& member : other.members_) {
      if (!std::ranges::binary_search(known, member.key)) members_.push_back(member);
    }
  }
  void remove(std::string_view name) {
    std::erase_if(members_, [key = symbols_.intern(name)](const auto& member) { return member.key == key; });
  }

  Node node() const { return make_object(arena_, members_, false); }

 private:
  SymbolTable& symbols_;
  Arena& arena_;
  std::vector<Member> members_;
};

// Changes every item of a list of objects.
template <typename Change>
void change_items(Structure& outer, std::string_view name, const Change& change) {
  const Node* list = outer.find(name);
  if (list == nullptr || !list->is_list()) return;
  std::vector<Node> changed;
  for (const Node& item : list->as_list()) {
    Structure structure(item, outer.symbols(), outer.arena());
    change(structure);
    changed.push_back(structure.node());
  }
  outer.set(name, make_list(outer.arena(), changed));
}

}  // namespace kastell::document
