#include "document/node.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace kastell::document {

namespace {

const std::uint32_t* after_keys(const Node& object) {
  return reinterpret_cast<const std::uint32_t*>(object.items + object.size) + object.size;
}

const std::uint32_t* order_of(const Node& object) {
  const std::uint32_t columns = (object.flags & has_positions) != 0 ? 2 : 0;
  return after_keys(object) + std::size_t{columns} * object.size;
}

std::int64_t find_in_order(const Node& object, Symbol key) {
  const auto keys = object.member_keys();
  const std::span order(order_of(object), object.size);
  const auto at = std::lower_bound(order.begin(), order.end(), key,
                                   [keys](std::uint32_t member, Symbol wanted) { return keys[member] < wanted; });
  return at != order.end() && keys[*at] == key ? static_cast<std::int64_t>(*at) : -1;
}

void write_order(std::span<std::uint32_t> order, std::span<const Symbol> keys) {
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [keys](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
}

bool holds_null(const Node& value) {
  return value.is_null() || (value.flags & has_nulls) != 0;
}

}  // namespace

std::int64_t Node::find_index(Symbol key) const {
  if (!is_object()) return -1;
  if ((flags & has_order) != 0) return find_in_order(*this, key);
  const auto keys = member_keys();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i] == key) return static_cast<std::int64_t>(i);
  }
  return -1;
}

const Node* Node::find(Symbol key) const {
  const std::int64_t index = find_index(key);
  return index < 0 ? nullptr : items + index;
}

std::span<const std::uint32_t> Node::value_offsets() const {
  if ((flags & has_positions) == 0) return {};
  if (is_object()) return {after_keys(*this), size};
  return {reinterpret_cast<const std::uint32_t*>(items + size), size};
}

std::span<const std::uint32_t> Node::key_offsets() const {
  if ((flags & has_positions) == 0 || !is_object()) return {};
  return {after_keys(*this) + size, size};
}

Node make_object(Arena& arena, std::span<const Member> members, bool positions) {
  const std::size_t count = members.size();
  const bool ordered = count > Node::indexed_from;
  const std::size_t columns = 1 + (positions ? 2U : 0U) + (ordered ? 1U : 0U);
  auto* values = static_cast<Node*>(arena.allocate(count * (sizeof(Node) + columns * 4), alignof(Node)));
  auto* keys = reinterpret_cast<Symbol*>(values + count);
  auto* words = reinterpret_cast<std::uint32_t*>(keys + count);
  for (std::size_t i = 0; i < count; ++i) {
    values[i] = members[i].value;
    keys[i] = members[i].key;
  }
  if (positions) {
    for (std::size_t i = 0; i < count; ++i) words[i] = members[i].value_offset;
    for (std::size_t i = 0; i < count; ++i) words[count + i] = members[i].key_offset;
    words += 2 * count;
  }
  if (ordered) write_order({words, count}, {keys, count});
  Node node;
  node.kind = Kind::object;
  node.flags = static_cast<std::uint8_t>((positions ? has_positions : 0) | (ordered ? has_order : 0) |
                                         (std::any_of(values, values + count, holds_null) ? has_nulls : 0));
  node.size = static_cast<std::uint32_t>(count);
  node.items = values;
  return node;
}

Node make_list(Arena& arena, std::span<const Item> items, bool positions) {
  const std::size_t count = items.size();
  auto* values = static_cast<Node*>(arena.allocate(count * (sizeof(Node) + (positions ? 4 : 0)), alignof(Node)));
  auto* offsets = reinterpret_cast<std::uint32_t*>(values + count);
  for (std::size_t i = 0; i < count; ++i) {
    values[i] = items[i].value;
    if (positions) offsets[i] = items[i].offset;
  }
  Node node;
  node.kind = Kind::list;
  node.flags = static_cast<std::uint8_t>((positions ? has_positions : 0) |
                                         (std::any_of(values, values + count, holds_null) ? has_nulls : 0));
  node.size = static_cast<std::uint32_t>(count);
  node.items = values;
  return node;
}

Node make_list(Arena& arena, std::span<const Node> items) {
  Node node;
  node.kind = Kind::list;
  node.flags = std::ranges::any_of(items, holds_null) ? has_nulls : 0;
  node.size = static_cast<std::uint32_t>(items.size());
  node.items = arena.copy(items).data();
  return node;
}

namespace {

// Fields that hold a map of texts: a null in it is decoded as the empty text, not dropped.
bool is_text_map(Symbol field) {
  constexpr Symbol fields[] = {symbols::labels,       symbols::annotations, symbols::matchLabels,
                               symbols::nodeSelector, symbols::data,        symbols::stringData};
  return std::ranges::find(fields, field) != std::end(fields);
}

Node without_nulls(const Node& node, bool text_map, Arena& arena);

Node object_without_nulls(const Node& object, bool text_map, Arena& arena) {
  const auto keys = object.member_keys();
  const auto values = object.value_offsets();
  const auto names = object.key_offsets();
  std::vector<Member> kept;
  for (std::uint32_t i = 0; i < object.size; ++i) {
    const Node& value = object.items[i];
    if (value.is_null() && !text_map) continue;
    Member member{keys[i], value.is_null() ? Node::make_string("") : without_nulls(value, is_text_map(keys[i]), arena)};
    if (!values.empty()) member.value_offset = values[i];
    if (!names.empty()) member.key_offset = names[i];
    kept.push_back(member);
  }
  return make_object(arena, kept, !values.empty());
}

Node list_without_nulls(const Node& list, Arena& arena) {
  const auto offsets = list.value_offsets();
  std::vector<Item> kept;
  for (std::uint32_t i = 0; i < list.size; ++i) {
    kept.push_back({without_nulls(list.items[i], false, arena), offsets.empty() ? 0 : offsets[i]});
  }
  return make_list(arena, kept, !offsets.empty());
}

// Recursion is as deep as the document, whose depth the parser bounds (ParseLimits::depth).
Node without_nulls(const Node& node, bool text_map, Arena& arena) {
  if ((node.flags & has_nulls) == 0) return node;
  return node.is_object() ? object_without_nulls(node, text_map, arena) : list_without_nulls(node, arena);
}

}  // namespace

bool is_true(const Node& object, Symbol key) {
  const Node* value = object.find(key);
  return value != nullptr && value->kind == Kind::boolean && value->boolean;
}

Node with_member(const Node& object, Symbol key, const Node& value, Arena& arena) {
  std::vector<Member> members;
  bool replaced = false;
  for (std::size_t i = 0; i < object.size; ++i) {
    const bool is_it = object.member_keys()[i] == key;
    members.push_back({object.member_keys()[i], is_it ? value : object.member_values()[i]});
    replaced = replaced || is_it;
  }
  if (!replaced) members.push_back({key, value});
  return make_object(arena, members, false);
}

Node without_null_members(const Node& node, Arena& arena) {
  return without_nulls(node, false, arena);
}

namespace {

constexpr unsigned deepest_comparison = 10'000;

bool equal_within(const Node& a, const Node& b, unsigned depth);

bool equal_objects(const Node& a, const Node& b, unsigned depth) {
  if (a.size != b.size) return false;
  const auto keys = a.member_keys();
  for (std::uint32_t i = 0; i < a.size; ++i) {
    const Node* other = b.find(keys[i]);
    if (other == nullptr || !equal_within(a.items[i], *other, depth)) return false;
  }
  return true;
}

bool equal_within(const Node& a, const Node& b, unsigned depth) {
  if (a.kind != b.kind || depth == 0) return false;
  switch (a.kind) {
    case Kind::null: return true;
    case Kind::boolean: return a.boolean == b.boolean;
    case Kind::integer: return a.integer == b.integer;
    case Kind::floating: return a.floating == b.floating;
    case Kind::string: return a.as_string() == b.as_string();
    case Kind::list:
      return std::ranges::equal(a.as_list(), b.as_list(),
                                [depth](const Node& x, const Node& y) { return equal_within(x, y, depth - 1); });
    case Kind::object: return equal_objects(a, b, depth - 1);
    default: break;
  }
  return false;
}

}  // namespace

bool equal(const Node& a, const Node& b) {
  return equal_within(a, b, deepest_comparison);
}

}  // namespace kastell::document
