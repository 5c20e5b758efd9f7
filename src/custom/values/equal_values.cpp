#include "custom/values/equal_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>

namespace kastell::custom {

using document::Kind;
using document::Node;

namespace {

// The shortest text that reads back as the same number; NaN and infinities have one too.
std::string number_text(double number) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

void append_object(std::string& text, const Node& object, Steps& steps) {
  const auto keys = object.member_keys();
  std::vector<std::uint32_t> order(object.size);
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t at) { return keys[at]; });
  for (const std::uint32_t at : order) {
    text += std::to_string(static_cast<std::uint32_t>(keys[at])) + ":";
    append_identity(text, object.items[at], steps);
  }
}

}  // namespace

void append_identity(std::string& text, const Node& value, Steps& steps) {
  if (!steps.spend(1)) return;
  text += static_cast<char>('a' + static_cast<int>(value.kind));
  switch (value.kind) {
    case Kind::boolean: text += value.boolean ? '1' : '0'; break;
    case Kind::integer: text += std::to_string(value.integer) + ";"; break;
    case Kind::floating: text += number_text(value.floating) + ";"; break;
    case Kind::string:
      steps.spend(value.size / 64);
      text += std::to_string(value.size) + ":";
      text += value.as_string();
      break;
    case Kind::list:
      for (const Node& item : value.as_list()) append_identity(text, item, steps);
      text += ']';
      break;
    case Kind::object:
      append_object(text, value, steps);
      text += '}';
      break;
    default: break;
  }
}

}  // namespace kastell::custom
