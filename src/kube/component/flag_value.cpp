#include "kube/component/flag_value.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/ascii.h"

namespace kastell::kube {

using document::make_list;
using document::make_object;
using document::Member;
using document::Node;

namespace {

using Value = std::expected<Node, std::string_view>;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// strconv.ParseBool
Value read_boolean(std::string_view text) {
  for (const std::string_view yes : {"1", "t", "T", "TRUE", "true", "True"}) {
    if (text == yes) return Node::make_boolean(true);
  }
  for (const std::string_view no : {"0", "f", "F", "FALSE", "false", "False"}) {
    if (text == no) return Node::make_boolean(false);
  }
  return std::unexpected("is not a boolean");
}

// strconv.ParseInt with base 0, without its underscores.
Value read_integer(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  int base = 10;
  if (text.size() > 1 && text[0] == '0') {
    base = 8;
    text.remove_prefix(1);
    const char letter = static_cast<char>(text[0] | 0x20);
    if (letter == 'x' || letter == 'b' || letter == 'o') {
      base = letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
      text.remove_prefix(1);
    }
  }
  std::int64_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (text.empty() || text[0] == '-' || end.ec != std::errc{} || end.ptr != text.data() + text.size()) {
    return std::unexpected("is not an integer");
  }
  return Node::make_integer(negative ? -value : value);
}

Value read_floating(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc{} || end.ptr != text.data() + text.size()) return std::unexpected("is not a number");
  return Node::make_floating(value);
}

Value read_duration(std::string_view text) {
  if (!is_go_duration(text)) return std::unexpected("is not a duration with a unit, like 30s");
  return Node::make_string(text);
}

bool is_ipv4(std::string_view text) {
  int parts = 0;
  while (true) {
    const std::size_t dot = text.find('.');
    const std::string_view part = text.substr(0, dot);
    unsigned value = 256;
    const auto end = std::from_chars(part.data(), part.data() + part.size(), value);
    const bool plain = end.ptr == part.data() + part.size() && (part.size() == 1 || !part.starts_with('0'));
    if (!plain || value > 255 || ++parts > 4) return false;
    if (dot == std::string_view::npos) return parts == 4;
    text.remove_prefix(dot + 1);
  }
}

// Loose: the form of net.ParseIP's IPv6, not each of its rules.
bool is_ipv6(std::string_view text) {
  const bool characters =
      std::ranges::all_of(text, [](char c) { return is_hexadecimal_digit(c) || c == ':' || c == '.'; });
  return characters && std::ranges::count(text, ':') >= 2;
}

Value read_address(std::string_view text) {
  text = trimmed(text);
  if (!text.empty() && !is_ipv4(text) && !is_ipv6(text)) return std::unexpected("is not an IP address");
  return Node::make_string(text);
}

// One field of encoding/csv, which pflag's lists go through; `rest` is what follows its comma.
std::string_view take_field(std::string_view& rest, bool& more, Arena& arena) {
  if (!rest.starts_with('"')) {
    const std::size_t comma = rest.find(',');
    const std::string_view field = rest.substr(0, comma);
    more = comma != std::string_view::npos;
    rest = more ? rest.substr(comma + 1) : std::string_view{};
    return field;
  }
  char* text = arena.allocate_array<char>(rest.size());
  std::size_t size = 0, at = 1;
  while (at < rest.size() && (rest[at] != '"' || (at + 1 < rest.size() && rest[at + 1] == '"'))) {
    if (rest[at] == '"') ++at;
    text[size++] = rest[at++];
  }
  const std::size_t comma = rest.find(',', std::min(at, rest.size()));
  more = comma != std::string_view::npos;
  rest = more ? rest.substr(comma + 1) : std::string_view{};
  return {text, size};
}

std::vector<Node> items_of(const Node* before) {
  if (before == nullptr) return {};
  const auto items = before->as_list();
  return {items.begin(), items.end()};
}

Value read_list(std::string_view text, const Node* before, Arena& arena) {
  std::vector<Node> items = items_of(before);
  for (bool more = !text.empty(); more;) {
    if (items.size() >= most_items) return std::unexpected("has more than 10000 items");
    items.push_back(Node::make_string(take_field(text, more, arena)));
  }
  return make_list(arena, items);
}

Value read_repeated(std::string_view text, const Node* before, Arena& arena) {
  std::vector<Node> items = items_of(before);
  if (items.size() >= most_items) return std::unexpected("has more than 10000 items");
  items.push_back(Node::make_string(text));
  return make_list(arena, items);
}

// Text as a feature gate or a setting reads it: "true" and "false" become booleans.
Node entry_value(std::string_view text) {
  if (text.empty() || text == "true") return Node::make_boolean(true);
  if (text == "false") return Node::make_boolean(false);
  return Node::make_string(text);
}

// "a=b,c": entries without a value are true. A feature gate may name its component: "kube:AllAlpha=true".
Value read_map(std::string_view text, const Node* before, SymbolTable& symbols, Arena& arena) {
  std::vector<Member> members;
  if (before != nullptr) {
    for (std::uint32_t i = 0; i < before->size; ++i) members.push_back({before->member_keys()[i], before->items[i]});
  }
  for (bool more = !text.empty(); more;) {
    const std::string_view entry = trimmed(take_field(text, more, arena));
    if (entry.empty()) continue;
    if (members.size() >= most_items) return std::unexpected("has more than 10000 entries");
    const std::size_t equals = entry.find('=');
    std::string_view key = trimmed(entry.substr(0, equals));
    if (key.starts_with("kube:")) key.remove_prefix(5);
    const std::string_view value = equals == std::string_view::npos ? "" : trimmed(entry.substr(equals + 1));
    const Symbol name = symbols.intern(key);
    const auto known = std::ranges::find(members, name, &Member::key);
    if (known != members.end()) {
      known->value = entry_value(value);
    } else {
      members.push_back({name, entry_value(value)});
    }
  }
  return make_object(arena, members, false);
}

Node empty(document::Kind kind) {
  Node node;
  node.kind = kind;
  return node;
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

}  // namespace

Node zero_value(FlagType type) {
  switch (type) {
    case FlagType::boolean: return Node::make_boolean(false);
    case FlagType::integer: return Node::make_integer(0);
    case FlagType::floating: return Node::make_floating(0);
    case FlagType::duration: return Node::make_string("0s");
    case FlagType::string:
    case FlagType::address: return Node::make_string("");
    case FlagType::list:
    case FlagType::repeated: return empty(document::Kind::list);
    case FlagType::map: return empty(document::Kind::object);
  }
  return {};
}

std::expected<Node, std::string_view> read_value(FlagType type, std::string_view text, const Node* before,
                                                 SymbolTable& symbols, Arena& arena) {
  switch (type) {
    case FlagType::boolean: return read_boolean(text);
    case FlagType::integer: return read_integer(text);
    case FlagType::floating: return read_floating(text);
    case FlagType::duration: return read_duration(text);
    case FlagType::string: return Node::make_string(text);
    case FlagType::address: return read_address(text);
    case FlagType::list: return read_list(text, before, arena);
    case FlagType::repeated: return read_repeated(text, before, arena);
    case FlagType::map: return read_map(text, before, symbols, arena);
  }
  return Node::make_string(text);
}

std::expected<Node, std::string_view> field_value(FlagType type, const Node& field, Arena& arena) {
  using document::Kind;
  const auto expect = [&field](bool fits, std::string_view wanted) -> Value {
    if (!fits) return std::unexpected(wanted);
    return field;
  };
  switch (type) {
    case FlagType::boolean: return expect(field.kind == Kind::boolean, "must be a boolean");
    case FlagType::integer: return expect(field.kind == Kind::integer, "must be an integer");
    case FlagType::floating:
      return expect(field.kind == Kind::integer || field.kind == Kind::floating, "must be a number");
    case FlagType::duration:
      return expect(field.is_string() && is_go_duration(field.as_string()), "must be a duration with a unit, like 30s");
    case FlagType::string:
    case FlagType::address: return expect(field.is_string(), "must be a string");
    case FlagType::list:
    case FlagType::repeated:
      if (field.is_string()) return make_list(arena, std::span<const Node>(&field, 1));
      return expect(field.is_list(), "must be a list");
    case FlagType::map: return expect(field.is_object(), "must be an object");
  }
  return field;
}

bool is_go_duration(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return true;
  constexpr std::string_view units[] = {"ns", "us", "\u00b5s", "\u03bcs", "ms", "s", "m", "h"};
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = skip_digits(text, at);
    const bool whole = end > at;
    bool fraction = false;
    if (end < text.size() && text[end] == '.') {
      const std::size_t after = skip_digits(text, end + 1);
      fraction = after > end + 1;
      end = after;
    }
    if (!whole && !fraction) return false;
    const auto unit =
        std::ranges::find_if(units, [&](std::string_view one) { return text.substr(end).starts_with(one); });
    if (unit == std::end(units)) return false;
    at = end + unit->size();
  }
  return at > 0;
}

}  // namespace kastell::kube
