#include "snapshot/file/object_decoder.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "snapshot/file/format.h"

namespace kastell::snapshot::file {

using document::Node;

namespace {
constexpr std::size_t smallest_object = 16;  // a guess, for reserving
}

Trouble ObjectDecoder::decode() {
  const std::size_t count = in_.count();
  next_text_ = static_cast<std::size_t>(in_.varint());
  objects_.reserve(std::min(count, in_.left() / smallest_object));
  for (std::size_t i = 0; i < count && !in_.failed(); ++i) decode_object();
  if (too_deep_) return Trouble::too_deep;
  return in_.failed() || in_.left() != 0 ? Trouble::damaged : Trouble::none;
}

void ObjectDecoder::decode_object() {
  Object object;
  object.document = in_.number32();
  object.offset = place_ = in_.number32();
  decode_prefix(object);
  object.root = decode_value(0);
  object.had_nulls = true;  // for all that the file tells
  name_object(object);
  const std::uint32_t before = objects_.empty() ? 0 : objects_.back().document;
  const bool in_order = object.document >= before && object.document < tables_.sources;
  if (!in_order || object.api_version.empty() || object.kind.empty()) in_.fail();
  if (!in_.failed()) objects_.push_back(std::move(object));
}

void ObjectDecoder::decode_prefix(Object& object) {
  const std::size_t steps = in_.count();
  for (std::size_t i = 0; i < steps; ++i) {
    const std::uint64_t step = in_.varint();
    const std::uint64_t number = step >> 1;
    if ((step & 1) != 0) {
      object.prefix.push_back(document::Step::index(static_cast<std::uint32_t>(number)));
    } else if (number < tables_.keys.size()) {
      object.prefix.push_back(document::Step::key(tables_.keys[number]));
    } else {
      in_.fail();
    }
  }
}

ObjectDecoder::Head ObjectDecoder::head() {
  const std::uint8_t byte = in_.byte();
  const auto high = static_cast<std::uint8_t>(byte >> kind_bits);
  return {static_cast<std::uint8_t>(byte & kind_mask), high == number_follows ? in_.varint() : high};
}

Node ObjectDecoder::damaged() {
  in_.fail();
  return {};
}

// As deep as the limit at most.
Node ObjectDecoder::decode_value(std::uint32_t depth) {
  const auto [kind, number] = head();
  switch (ValueKind{kind}) {
    case ValueKind::constant: return decode_constant(number);
    case ValueKind::integer: return Node::make_integer(unzigzag(number));
    case ValueKind::floating: return Node::make_floating(std::bit_cast<double>(in_.fixed<std::uint64_t>()));
    case ValueKind::text: return decode_text(number);
    case ValueKind::list:
    case ValueKind::placed_list: return decode_list(number, ValueKind{kind} == ValueKind::placed_list, depth + 1);
    case ValueKind::object:
    case ValueKind::placed_object:
      return decode_object_value(number, ValueKind{kind} == ValueKind::placed_object, depth + 1);
  }
  return damaged();
}

Node ObjectDecoder::decode_constant(std::uint64_t number) {
  if (number > true_constant) return damaged();
  return number == null_constant ? Node::make_null() : Node::make_boolean(number == true_constant);
}

Node ObjectDecoder::decode_text(std::uint64_t number) {
  const std::uint64_t text = number == 0 ? next_text_++ : number - 1;
  return text < tables_.texts.size() ? Node::make_string(tables_.texts[text]) : damaged();
}

Node ObjectDecoder::decode_list(std::uint64_t size, bool placed, std::uint32_t depth) {
  too_deep_ = too_deep_ || depth > tables_.depth;
  if (too_deep_ || size > in_.left()) return damaged();
  const std::size_t base = items_.size();
  for (std::uint64_t i = 0; i < size && !in_.failed(); ++i) {
    const std::uint32_t offset = placed ? place() : 0;
    const Node value = decode_value(depth);
    items_.push_back({value, offset});
  }
  const Node list = make_list(arena_, std::span(items_).subspan(base), placed);
  items_.resize(base);
  return list;
}

Node ObjectDecoder::decode_object_value(std::uint64_t size, bool placed, std::uint32_t depth) {
  too_deep_ = too_deep_ || depth > tables_.depth;
  if (too_deep_ || size > in_.left()) return damaged();
  const std::size_t base = members_.size();
  for (std::uint64_t i = 0; i < size && !in_.failed(); ++i) {
    document::Member member;
    if (placed) {
      member.key_offset = place();
      member.value_offset = place();
    }
    const std::uint64_t key = in_.varint();
    member.key = key < tables_.keys.size() ? tables_.keys[key] : (in_.fail(), Symbol{});
    member.value = decode_value(depth);
    members_.push_back(member);
  }
  const auto members = std::span(members_).subspan(base);
  if (has_twice(members)) return damaged();
  const Node object = make_object(arena_, members, placed);
  members_.resize(base);
  return object;
}

// In linear time: by symbol, the number of the object that last had it.
bool ObjectDecoder::has_twice(std::span<const document::Member> members) {
  ++objects_ended_;
  for (const document::Member& member : members) {
    std::uint32_t& last = last_object_with_[static_cast<std::uint32_t>(member.key)];
    if (std::exchange(last, objects_ended_) == objects_ended_) return true;
  }
  return false;
}

std::uint32_t ObjectDecoder::place() {
  const std::uint64_t distance = in_.varint();
  if (distance > zigzag(-std::int64_t{UINT32_MAX})) return in_.fail();
  const std::int64_t place = std::int64_t{place_} + unzigzag(distance);
  if (place < 0 || place > UINT32_MAX) return in_.fail();
  return place_ = static_cast<std::uint32_t>(place);
}

}  // namespace kastell::snapshot::file
