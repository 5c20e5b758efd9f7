#include "kube/api_schema/texts.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <vector>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/quantity.h"
#include "base/text.h"

namespace kastell::kube::api_schema {

using document::Kind;
using document::Node;

namespace {

// No field of Kubernetes has a name as long, no type as many fields.
constexpr std::size_t longest_misspelling = 80;  // bytes
constexpr std::size_t most_candidates = 200;
constexpr std::size_t most_values_shown = 30;

bool equal_but_for_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, to_lower, to_lower);
}

// YAML's 80.0 becomes JSON's 80 on its way to the API server.
bool is_integer(const Node& value, double least, double most) {
  if (value.kind == Kind::floating) {
    return value.floating == std::floor(value.floating) && least <= value.floating && value.floating <= most;
  }
  return value.kind == Kind::integer && least <= static_cast<double>(value.integer) &&
         static_cast<double>(value.integer) <= most;
}

}  // namespace

std::string_view shape_in_words(Shape shape) {
  switch (shape) {
    case Shape::any: return "anything";
    case Shape::string: return "a string";
    case Shape::boolean: return "a boolean";
    case Shape::int32: return "an integer of 32 bits";
    case Shape::int64: return "an integer";
    case Shape::number: return "a number";
    case Shape::quantity: return "a quantity";
    case Shape::int_or_string: return "an integer or a string";
    case Shape::bytes: return "a string of base64";
    case Shape::time:
    case Shape::micro_time: return "a time as a string";
    case Shape::enumeration: return "a string";
    case Shape::list: return "a list";
    case Shape::object:
    case Shape::map:
    case Shape::structure: return "an object";
  }
  return {};
}

bool suits(const Node& value, Shape shape) {
  using Int32 = std::numeric_limits<std::int32_t>;
  switch (shape) {
    case Shape::any: return true;
    case Shape::string:
    case Shape::time:
    case Shape::micro_time:
    case Shape::enumeration: return value.is_string();
    case Shape::boolean: return value.kind == Kind::boolean;
    case Shape::int32: return is_integer(value, Int32::min(), Int32::max());
    case Shape::int64: return is_integer(value, -0x1p63, 0x1p63);
    case Shape::number: return value.kind == Kind::integer || value.kind == Kind::floating;
    case Shape::quantity:
      return value.is_string() ? parse_quantity(value.as_string()).has_value()
                               : value.kind == Kind::integer || value.kind == Kind::floating;
    case Shape::int_or_string: return value.is_string() || is_integer(value, Int32::min(), Int32::max());
    case Shape::bytes: return value.is_string() && decode_base64(value.as_string()).has_value();
    case Shape::list: return value.is_list();
    case Shape::object:
    case Shape::map:
    case Shape::structure: return value.is_object();
  }
  return true;
}

std::string one_of(std::span<const std::string_view> values) {
  std::string text = "none of";
  for (const std::string_view value : values.first(std::min(values.size(), most_values_shown))) {
    text.append(text.size() == 7 ? " " : ", ").append(value);
  }
  return values.size() > most_values_shown ? text + ", …" : text;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.size() > longest_misspelling || candidates.size() > most_candidates) return {};
  const auto same = std::ranges::find_if(candidates, [&](auto known) { return equal_but_for_case(word, known); });
  std::vector<std::string_view> as_long;
  std::ranges::copy_if(candidates, std::back_inserter(as_long), [&](std::string_view known) {
    return known.size() <= word.size() + word.size() / 3 + 1 && word.size() <= known.size() + word.size() / 3 + 1;
  });
  const auto near = same != candidates.end() ? std::optional(*same) : nearest(word, as_long);
  return near ? "; did you mean '" + std::string(*near) + "'?" : std::string{};
}

}  // namespace kastell::kube::api_schema
