#include "snapshot/file/object_encoder.h"

#include <bit>

#include "kube/credential.h"
#include "snapshot/file/format.h"

namespace kastell::snapshot::file {

using document::Kind;
using document::Node;

namespace {

void write_head(ByteWriter& out, ValueKind kind, std::uint64_t number) {
  const bool small = number <= largest_small;
  const auto high = static_cast<std::uint8_t>(small ? number : number_follows);
  out.byte(static_cast<std::uint8_t>((high << kind_bits) | static_cast<std::uint8_t>(kind)));
  if (!small) out.varint(number);
}

bool is_placed(const Node& node) {
  return (node.flags & document::has_positions) != 0;
}

}  // namespace

bool ObjectEncoder::encode(const Object& object, const Places& places, ByteWriter& out) {
  places_ = &places;
  place_ = places(object.offset);
  out.varint(place_);
  out.varint(object.prefix.size());
  for (const document::Step& step : object.prefix) {
    const std::uint32_t number = step.is_index ? step.number : number_of(step.symbol());
    out.varint(std::uint64_t{number} << 1 | (step.is_index ? 1 : 0));
  }
  return encode_value(object.root, Redactor::of_object(object), out);
}

// Aliases may nest documents deeper than their text does, so the way down is kept in a vector.
bool ObjectEncoder::encode_value(const Node& root, Secrecy secrecy, ByteWriter& out) {
  open_.clear();
  begin(root, secrecy, out);
  while (!open_.empty()) {
    if (open_.size() > depth_) return false;
    if (open_.back().next == open_.back().node->size) {
      open_.pop_back();
    } else {
      write_next(open_.back(), out);
    }
  }
  return true;
}

void ObjectEncoder::write_next(Open& open, ByteWriter& out) {
  const std::uint32_t at = open.next++;
  const Open parent = open;  // open_ may grow
  parent.node->is_object() ? write_member(parent, at, out) : write_item(parent, at, out);
}

void ObjectEncoder::write_member(const Open& open, std::uint32_t member, ByteWriter& out) {
  const Node& object = *open.node;
  if (is_placed(object)) {
    write_place(object.key_offsets()[member], out);
    write_place(object.value_offsets()[member], out);
  }
  out.varint(number_of(object.member_keys()[member]));
  const Node& value = object.items[member];
  if (value.is_string()) return write_text(redactor_.member_text(open.secrecy, object, member), out);
  begin(value, redactor_.of_member(open.secrecy, object, member), out);
}

void ObjectEncoder::write_item(const Open& open, std::uint32_t item, ByteWriter& out) {
  const Node& list = *open.node;
  if (is_placed(list)) write_place(list.value_offsets()[item], out);
  const Node& value = list.items[item];
  if (value.is_string()) return write_text(redactor_.item_text(open.secrecy, list, item), out);
  begin(value, Redactor::of_item(open.secrecy), out);
}

void ObjectEncoder::begin(const Node& node, Secrecy secrecy, ByteWriter& out) {
  if (!node.is_list() && !node.is_object()) {
    // A hidden number stays a number: verdicts may rest on a field's type.
    if (secrecy == Secrecy::hidden && node.kind == Kind::integer) return write_scalar(Node::make_integer(0), out);
    if (secrecy == Secrecy::hidden && node.kind == Kind::floating) return write_scalar(Node::make_floating(0), out);
    return write_scalar(node, out);
  }
  const ValueKind plain = node.is_list() ? ValueKind::list : ValueKind::object;
  const ValueKind placed = node.is_list() ? ValueKind::placed_list : ValueKind::placed_object;
  write_head(out, is_placed(node) ? placed : plain, node.size);
  open_.push_back({&node, 0, secrecy});
}

void ObjectEncoder::write_scalar(const Node& node, ByteWriter& out) {
  switch (node.kind) {
    case Kind::boolean: return write_head(out, ValueKind::constant, node.boolean ? true_constant : false_constant);
    case Kind::integer: return write_head(out, ValueKind::integer, zigzag(node.integer));
    case Kind::floating:
      write_head(out, ValueKind::floating, 0);
      return out.fixed(std::bit_cast<std::uint64_t>(node.floating));
    case Kind::string: return write_text(node.as_string(), out);
    default: return write_head(out, ValueKind::constant, null_constant);
  }
}

// Zero stands for a text that nothing before had, so that objects that differ in their names only look the same.
void ObjectEncoder::write_text(std::string_view text, ByteWriter& out) {
  const std::size_t known = texts_.texts().size();
  const std::uint32_t number = texts_.number_of(text);
  write_head(out, ValueKind::text, number == known ? 0 : std::uint64_t{number} + 1);
}

void ObjectEncoder::write_place(std::uint32_t offset, ByteWriter& out) {
  const std::uint32_t place = (*places_)(offset);
  out.varint(zigzag(std::int64_t{place} - std::int64_t{place_}));
  place_ = place;
}

std::uint32_t ObjectEncoder::number_of(Symbol key) {
  const auto symbol = static_cast<std::uint32_t>(key);
  if (symbol >= key_numbers_.size()) key_numbers_.resize(symbol + 1);
  std::uint32_t& number = key_numbers_[symbol];
  if (number == 0) {
    keys_.push_back(key);
    number = static_cast<std::uint32_t>(keys_.size());
  }
  return number - 1;
}

}  // namespace kastell::snapshot::file
