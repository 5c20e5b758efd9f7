#include "kube/intake/defaults.h"

#include <algorithm>

#include "kube/intake/computed.h"

namespace kastell::kube::intake {

using api_schema::Default, api_schema::Field, api_schema::Held, api_schema::Shape, api_schema::Type;
using document::Node;

std::span<const Default> DefaultValues::of(std::uint16_t type) const {
  const auto found = std::ranges::equal_range(names_.tables().defaults, type, {}, &Default::type);
  return {found.begin(), found.end()};
}

const Node& DefaultValues::value(const Default& row) {
  auto& stream = values_[row.value];
  if (stream.documents.empty()) {
    const auto source = std::make_shared<document::Source>("default", names_.tables().word(row.value));
    stream = document::parse(source, names_.symbols(), {.format = document::Format::json});
  }
  return stream.documents.front().root;
}

Node Defaults::of(const Node& value, std::uint16_t number) {
  const Type& type = tables_.types[number];
  if (value.is_null()) return value;
  switch (type.shape) {
    case Shape::list: return list(value, type.first);
    case Shape::map: return map(value, type.first);
    case Shape::structure: return structure(value, number);
    default: return value;
  }
}

Node Defaults::list(const Node& list, std::uint16_t items) {
  std::vector<Node> given;
  given.reserve(list.size);
  for (const Node& item : list.as_list()) given.push_back(of(item, items));
  return document::make_list(arena_, given);
}

Node Defaults::map(const Node& map, std::uint16_t values) {
  Structure given(map, names_.symbols(), arena_);
  for (document::Member& member : given.members()) member.value = of(member.value, values);
  return given.node();
}

Node Defaults::structure(const Node& object, std::uint16_t number) {
  const Type& type = tables_.types[number];
  Structure given(object, names_.symbols(), arena_);
  for (const Default& row : values_.of(number)) {
    if (row.since <= minor_ && minor_ <= row.until) apply(row, given);
  }
  for (document::Member& member : given.members()) {
    const Field* field = find_field(names_, type, member.key, minor_);
    if (field != nullptr) member.value = of(member.value, field->type);
  }
  return given.node();
}

void Defaults::apply(const Default& row, Structure& structure) {
  const Type& type = tables_.types[row.type];
  const Symbol name = names_.symbol_of(row.field);
  if (!row.is_beside_below && !holds(row, type, structure)) return;
  if (tables_.word(row.below).empty()) return give(row, name, type, structure);
  const Node* outer = structure.find(name);
  const Field* field = find_field(names_, type, name, minor_);
  if (outer == nullptr || !outer->is_object() || field == nullptr) return;
  Structure inner(*outer, names_.symbols(), arena_);
  if (row.is_beside_below && !holds(row, tables_.types[field->type], inner)) return;
  give(row, names_.symbol_of(row.below), tables_.types[field->type], inner);
  structure.set(name, inner.node());
}

void Defaults::give(const Default& row, Symbol name, const Type& type, Structure& structure) {
  const Field* field = find_field(names_, type, name, minor_);
  if (field == nullptr) return;
  const std::string_view value = tables_.word(row.value);
  if (value.starts_with('@')) return compute_default(value.substr(1), name, structure);
  if (is_absent(structure.find(name), field)) structure.set(name, values_.value(row));
}

bool Defaults::holds(const Default& row, const Type& type, const Structure& structure) {
  const std::string_view condition = tables_.word(row.condition), equals = tables_.word(row.equals);
  if (condition.empty()) return true;
  const Symbol name = names_.symbol_of(row.condition);
  const Node* value = structure.find(name);
  const bool is_there = !is_absent(value, find_field(names_, type, name, minor_));
  if (!equals.empty()) return is_there && value->as_string() == equals;
  return is_there != row.is_negated;
}

// Go's defaulting functions ask whether a pointer is nil, and whether what is none is empty.
bool Defaults::is_absent(const Node* value, const Field* field) const {
  if (value == nullptr || value->is_null()) return true;
  if (field == nullptr || field->held == Held::as_given || field->held == Held::null) return false;
  if (value->kind == document::Kind::integer) return value->integer == 0;
  if (value->kind == document::Kind::boolean) return !value->boolean;
  return (value->is_string() || value->is_list()) && value->size == 0;
}

}  // namespace kastell::kube::intake
