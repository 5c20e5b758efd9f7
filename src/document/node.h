// Node: one value of the document object model, 16 bytes, trivially copyable.
//
// A document is parsed once into an arena; everything above reads these nodes directly and nothing
// is converted afterwards. Integers are int64 and kept apart from doubles, as Kubernetes' own
// decoder does (JSON numbers without '.', 'e' and within int64 are integers).
//
// An object's members stay in document order. Keys are Symbols. Layout of the block behind an
// object of n members (one allocation):
//     Node values[n] | Symbol keys[n] | then, if it has positions: u32 value_offset[n] | u32 key_offset[n]
// and behind a list of n items:
//     Node items[n]  | if it has positions: u32 item_offset[n]
// Offsets are byte offsets into the document's source. Objects of more than `indexed_from` members
// carry, after all that, u32 order[n]: member numbers sorted by symbol, for binary search.
//
// Nodes are views: they live as long as the arena and the source text they point into.
// Thread-safety: immutable once built.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "base/symbol.h"

namespace kastell::document {

enum class Kind : std::uint8_t {
  null = 0,
  boolean = 1,
  integer = 2,   // int64
  floating = 3,  // double
  string = 4,    // UTF-8
  list = 5,
  object = 6,
  // Kinds from here up never come out of a parser. Rooms above use them for values that have no
  // document form (CEL's bytes, timestamps, maps with other keys…), in the same 16 bytes.
  first_foreign = 16,
  // Enumerators for them, so that rooms above may switch over their own names for these numbers.
  foreign_17 = 17,
  foreign_18 = 18,
  foreign_19 = 19,
  foreign_20 = 20,
  foreign_21 = 21,
  foreign_22 = 22,
  foreign_23 = 23,
  foreign_24 = 24,
  foreign_25 = 25,
  foreign_26 = 26,
};

enum NodeFlag : std::uint8_t {
  has_positions = 1,  // list, object: the block carries source offsets
  has_order = 2,      // object: the block carries the sorted order
  has_nulls = 4,      // list, object: a member of it, or of something inside, is null
};

struct Node {
  Kind kind = Kind::null;
  std::uint8_t flags = 0;
  std::uint16_t aux = 0;   // free for rooms above
  std::uint32_t size = 0;  // string: bytes; list: items; object: members
  union {
    std::int64_t integer = 0;
    bool boolean;
    double floating;
    const char* text;
    const Node* items;  // list and object: the first of `size` values
    const void* pointer;
  };

  static constexpr std::uint32_t indexed_from = 24;

  static Node make_null() { return {}; }
  static Node make_boolean(bool value);
  static Node make_integer(std::int64_t value);
  static Node make_floating(double value);
  static Node make_string(std::string_view value);  // keeps the view, does not copy
  static Node make_empty_object();

  bool is_null() const { return kind == Kind::null; }
  bool is_string() const { return kind == Kind::string; }
  bool is_list() const { return kind == Kind::list; }
  bool is_object() const { return kind == Kind::object; }

  // The empty value when the node is of another kind: callers that must tell ask for `kind` first.
  std::string_view as_string() const { return is_string() ? std::string_view{text, size} : std::string_view{}; }
  std::span<const Node> as_list() const { return is_list() ? std::span{items, size} : std::span<const Node>{}; }

  // Values and keys of an object, in document order; empty for other kinds.
  std::span<const Node> member_values() const { return is_object() ? std::span{items, size} : std::span<const Node>{}; }
  std::span<const Symbol> member_keys() const;

  // The member's value, or null if this is not an object or has no such member.
  const Node* find(Symbol key) const;
  // Its number in document order, or -1.
  std::int64_t find_index(Symbol key) const;

  // Source offsets; only with has_positions.
  std::span<const std::uint32_t> value_offsets() const;  // list or object
  std::span<const std::uint32_t> key_offsets() const;    // object
};
static_assert(sizeof(Node) == 16);

inline Node Node::make_boolean(bool value) {
  Node node;
  node.kind = Kind::boolean;
  node.boolean = value;
  return node;
}
inline Node Node::make_integer(std::int64_t value) {
  Node node;
  node.kind = Kind::integer;
  node.integer = value;
  return node;
}
inline Node Node::make_floating(double value) {
  Node node;
  node.kind = Kind::floating;
  node.floating = value;
  return node;
}
inline Node Node::make_string(std::string_view value) {
  Node node;
  node.kind = Kind::string;
  node.size = static_cast<std::uint32_t>(value.size());
  node.text = value.data();
  return node;
}
inline Node Node::make_empty_object() {
  Node node;
  node.kind = Kind::object;
  return node;
}
inline std::span<const Symbol> Node::member_keys() const {
  if (!is_object()) return {};
  return {reinterpret_cast<const Symbol*>(items + size), size};
}

// One member while an object is being built. Offsets count only if `positions` is asked for.
struct Member {
  Symbol key;
  Node value;
  std::uint32_t key_offset = 0;
  std::uint32_t value_offset = 0;
};
struct Item {
  Node value;
  std::uint32_t offset = 0;
};

// Builds the blocks described above in `arena`. Keys must be distinct.
Node make_object(Arena& arena, std::span<const Member> members, bool positions);
Node make_list(Arena& arena, std::span<const Item> items, bool positions);
// A list of these very nodes, without positions (for views over documents).
Node make_list(Arena& arena, std::span<const Node> items);

// Whether that member is there and is the boolean true.
bool is_true(const Node& object, Symbol key);

// The object with that member in place of the one it has, or after all others; without positions.
Node with_member(const Node& object, Symbol key, const Node& value, Arena& arena);

// The same value without members that are null, which is how Kubernetes' decoder keeps an object: `field: null` is as
// good as no field. Items of lists stay; in a map of texts (labels, annotations, matchLabels, nodeSelector, data,
// stringData) null is the empty text. What holds no null is shared with `node`, not copied.
Node without_null_members(const Node& node, Arena& arena);

// Deep equality, numbers by kind and value, members in any order. Deeper than 10,000 levels nothing is equal.
bool equal(const Node& a, const Node& b);

}  // namespace kastell::document
