#include "kube/intake/scalars.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <string>

#include "base/base64.h"
#include "base/quantity.h"
#include "base/time_text.h"

namespace kastell::kube::intake {

using api_schema::Shape;
using document::Kind, document::Node;

namespace {

Node text_node(std::string_view text, Arena& arena) {
  return Node::make_string(arena.copy(text));
}

Node whole_number(const Node& value) {
  return value.kind == Kind::floating ? Node::make_integer(static_cast<std::int64_t>(value.floating)) : value;
}

Node floating_number(const Node& value) {
  return value.kind == Kind::integer ? Node::make_floating(static_cast<double>(value.integer)) : value;
}

// As it stands in JSON, where quantities may be numbers.
std::string quantity_text(const Node& value) {
  if (value.is_string()) return std::string(value.as_string());
  if (value.kind == Kind::integer) return std::to_string(value.integer);
  std::array<char, 64> text{};
  const auto written = std::to_chars(text.begin(), text.end(), value.floating);
  return {text.begin(), written.ptr};
}

std::optional<Node> held_quantity(const Node& value, Arena& arena) {
  const std::string text = quantity_text(value);
  const auto parsed = parse_quantity(text);
  if (!parsed) return std::nullopt;
  return text_node(parsed->keeps_text ? text : to_string(parsed->quantity), arena);
}

// Go's layout "2006-01-02T15:04:05.000000Z07:00" asks for just six digits.
bool has_microseconds(std::string_view text) {
  const std::size_t point = text.find('.');
  return point == 19 && text.find_first_not_of("0123456789", point + 1) == point + 7;
}

// In UTC; seconds, or microseconds where the type has them.
std::optional<Node> held_time(const Node& value, bool is_micro, Arena& arena) {
  const auto time = parse_timestamp(value.as_string());
  if (!time || (is_micro && !has_microseconds(value.as_string()))) return std::nullopt;
  std::string text = format_timestamp({.seconds = time->seconds});
  if (is_micro) {
    std::array<char, 16> fraction{};
    std::snprintf(fraction.data(), fraction.size(), ".%06uZ", time->nanoseconds / 1000);
    text.replace(text.size() - 1, 1, fraction.data());
  }
  return text_node(text, arena);
}

}  // namespace

std::optional<Node> held_scalar(const Node& value, Shape shape, Arena& arena) {
  switch (shape) {
    case Shape::int32:
    case Shape::int64: return whole_number(value);
    case Shape::int_or_string: return value.is_string() ? value : whole_number(value);
    case Shape::number: return floating_number(value);
    case Shape::quantity: return held_quantity(value, arena);
    case Shape::time: return held_time(value, false, arena);
    case Shape::micro_time: return held_time(value, true, arena);
    default: return value;
  }
}

Node rounded_quantity(const Node& quantity, Arena& arena) {
  const auto parsed = parse_quantity(quantity.as_string());
  if (!parsed) return quantity;
  const auto rounded = round_up(parsed->quantity, 3);
  return rounded ? text_node(to_string(*rounded), arena) : quantity;
}

}  // namespace kastell::kube::intake
