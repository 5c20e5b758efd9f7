// TreeBuilder: the lists and objects that a parser has open, from the root down.
//
// Both parsers feed it keys and values in document order; a finished list or object becomes one block
// in the arena. Nothing here recurses, and memory is that of the values not yet in a block.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/symbol.h"
#include "document/node.h"

namespace kastell::document {

// The same key twice in one object: where it stands first and again.
struct DuplicateKey {
  Symbol key;
  std::uint32_t first_offset;
  std::uint32_t second_offset;
};

class TreeBuilder {
 public:
  explicit TreeBuilder(Arena& arena) : arena_(arena) {}

  std::size_t depth() const { return open_.size(); }
  bool in_object() const { return open_.back().is_object; }
  std::uint32_t open_offset() const { return open_.back().offset; }

  void open_object(std::uint32_t offset) { open(members_.size(), offset, true); }
  void open_list(std::uint32_t offset) { open(items_.size(), offset, false); }

  // The key of the innermost object's next member.
  void key(Symbol symbol, std::uint32_t offset) {
    open_.back().key = symbol;
    open_.back().key_offset = offset;
  }

  // The next item, or the value of the member whose key was given last.
  void value(const Node& node, std::uint32_t offset) {
    const Open& open = open_.back();
    if (open.is_object) {
      members_.push_back({open.key, node, open.key_offset, offset});
    } else {
      items_.push_back({node, offset});
    }
  }

  // Both at once. Written where it stays: copying what was just written in parts would wait for the writes.
  void text_member(Symbol symbol, std::uint32_t key_offset, std::string_view text, std::uint32_t offset) {
    Member& member = members_.emplace_back();
    member.key = symbol;
    member.value = Node::make_string(text);
    member.key_offset = key_offset;
    member.value_offset = offset;
  }

  // A key that the innermost object, not yet closed, has twice.
  std::optional<DuplicateKey> find_duplicate();

  // Adds the members of `object` to the innermost object, as YAML's merge key does. They are no duplicates;
  // settle_merges() leaves of each key the value that came last, in the place where the key came first.
  void merge(const Node& object);
  void settle_merges();

  // Ends the innermost list or object and gives its node; `offset` is where it began.
  struct Closed {
    Node node;
    std::uint32_t offset;
  };
  Closed close();

  // Forgets what is open, after an error.
  void clear();

 private:
  struct Open {
    std::size_t base = 0;  // its first entry in members_ or items_
    std::uint32_t offset = 0;
    Symbol key = {};
    std::uint32_t key_offset = 0;
    bool is_object = false;
  };

  void open(std::size_t base, std::uint32_t offset, bool is_object) {
    Open& opened = open_.emplace_back();
    opened.base = base;
    opened.offset = offset;
    opened.is_object = is_object;
  }

  std::uint32_t next_object();
  bool seen_in(std::uint32_t object, Symbol key);
  DuplicateKey locate_duplicate(std::size_t second) const;

  Arena& arena_;
  std::vector<Open> open_;
  std::vector<Member> members_;
  std::vector<Item> items_;
  // By symbol: the number of the object that last had this key. Makes the check linear for any size.
  std::vector<std::uint32_t> last_object_with_;
  std::uint32_t objects_checked_ = 0;
  std::vector<std::uint32_t> settled_at_;  // by symbol, while merges are settled
};

}  // namespace kastell::document
