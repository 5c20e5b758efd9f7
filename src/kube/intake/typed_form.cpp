#include "kube/intake/typed_form.h"

#include <algorithm>

#include "kube/api_schema/texts.h"
#include "kube/intake/scalars.h"

namespace kastell::kube::intake {

using api_schema::Field, api_schema::Held, api_schema::Shape, api_schema::Type;
using document::Member, document::Node, document::Step;

namespace {

Error wrong_type(std::span<const Step> path, std::string_view expected, const SymbolTable& symbols) {
  return {ErrorCode::type, document::to_string(path, symbols) + ": must be " + std::string(expected)};
}

}  // namespace

Result<Node> TypedForm::of(const Node& value, std::uint16_t number) {
  const Type& type = tables_.types[number];
  if (!api_schema::suits(value, type.shape)) {
    return std::unexpected(wrong_type(path_, api_schema::shape_in_words(type.shape), names_.symbols()));
  }
  switch (type.shape) {
    case Shape::list: return list(value, type.first);
    case Shape::map: return map(value, type.first);
    case Shape::structure: return structure(value, type);
    default: break;
  }
  const auto held = held_scalar(value, type.shape, arena_);
  if (!held) return std::unexpected(wrong_type(path_, api_schema::shape_in_words(type.shape), names_.symbols()));
  return *held;
}

Result<Node> TypedForm::below(Step step, const Node& value, std::uint16_t type) {
  if (value.is_null()) return zero(type);
  path_.push_back(step);
  auto held = of(value, type);
  path_.pop_back();
  return held;
}

Result<Node> TypedForm::list(const Node& list, std::uint16_t items) {
  std::vector<Node> held;
  held.reserve(list.size);
  for (std::uint32_t i = 0; i < list.size; ++i) {
    auto item = below(Step::index(i), list.items[i], items);
    if (!item) return item;
    held.push_back(*item);
  }
  return document::make_list(arena_, held);
}

Result<Node> TypedForm::map(const Node& map, std::uint16_t values) {
  Members held;
  held.reserve(map.size);
  for (std::uint32_t i = 0; i < map.size; ++i) {
    const Symbol key = map.member_keys()[i];
    auto value = below(Step::key(key), map.items[i], values);
    if (!value) return value;
    held.push_back({key, *value});
  }
  return document::make_object(arena_, held, false);
}

Result<Node> TypedForm::structure(const Node& object, const Type& type) {
  Members members;
  for (std::uint32_t i = 0; i < object.size; ++i) {
    const Symbol key = object.member_keys()[i];
    const Field* field = find_field(names_, type, key, minor_);
    if (field == nullptr || object.items[i].is_null()) continue;
    auto value = below(Step::key(key), object.items[i], field->type);
    if (!value) return value;
    if (field->held != Held::vanishes || !is_left_out(*value, *field)) members.push_back({key, *value});
  }
  add_written(type, members);
  return document::make_object(arena_, members, false);
}

// The fields that the struct always has.
void TypedForm::add_written(const Type& type, Members& members) {
  for (const Field& field : tables_.fields.subspan(type.first, type.count)) {
    const bool is_active = field.since <= minor_ && minor_ <= field.until;
    if (!is_active || (field.held != Held::written && field.held != Held::null)) continue;
    const Symbol key = names_.symbol_of(field.name);
    if (std::ranges::any_of(members, [&](const Member& member) { return member.key == key; })) continue;
    members.push_back({key, field.held == Held::null ? Node::make_null() : zero(field.type)});
  }
}

bool TypedForm::is_left_out(const Node& value, const Field& field) {
  switch (value.kind) {
    case document::Kind::boolean: return !value.boolean;
    case document::Kind::integer: return value.integer == 0 && tables_.types[field.type].shape != Shape::int_or_string;
    case document::Kind::floating: return value.floating == 0;
    case document::Kind::object:
      // A struct that is left out although it is none of a pointer's is so when all of it is empty.
      return tables_.types[field.type].shape == Shape::structure ? document::equal(value, zero(field.type))
                                                                 : value.size == 0;
    default: return value.size == 0;
  }
}

Node TypedForm::zero(std::uint16_t number) {
  const Type& type = tables_.types[number];
  switch (type.shape) {
    case Shape::string:
    case Shape::enumeration: return Node::make_string("");
    case Shape::boolean: return Node::make_boolean(false);
    case Shape::int32:
    case Shape::int64:
    case Shape::int_or_string: return Node::make_integer(0);
    case Shape::number: return Node::make_floating(0);
    case Shape::quantity: return Node::make_string("0");
    case Shape::structure: {
      Members members;
      add_written(type, members);
      return document::make_object(arena_, members, false);
    }
    default: return Node::make_null();
  }
}

}  // namespace kastell::kube::intake
