#include "document/yaml/resolve.h"

#include <array>
#include <cmath>
#include <limits>

#include "base/base64.h"
#include "base/text.h"
#include "document/yaml/number.h"
#include "document/yaml/timestamp.h"

namespace kastell::document::yaml {

namespace {

using Type = Resolved::Type;

// What the first byte of a plain scalar lets it be. Most scalars are settled by it.
enum class Hint : std::uint8_t { text, word, number, fraction };

constexpr std::array<Hint, 256> make_hints() {
  std::array<Hint, 256> hints{};
  for (const unsigned char c : {'y', 'Y', 'n', 'N', 't', 'T', 'f', 'F', 'o', 'O', '~'}) hints[c] = Hint::word;
  for (unsigned char c = '0'; c <= '9'; ++c) hints[c] = Hint::number;
  hints['+'] = hints['-'] = Hint::number;
  hints['.'] = Hint::fraction;
  return hints;
}
constexpr std::array<Hint, 256> hints = make_hints();

Resolved string(std::string_view text) {
  Resolved resolved;
  resolved.text = text;
  return resolved;
}

Resolved null() {
  Resolved resolved;
  resolved.type = Type::null;
  return resolved;
}

Resolved boolean(bool value) {
  Resolved resolved;
  resolved.type = Type::boolean;
  resolved.boolean = value;
  return resolved;
}

Resolved floating(double value) {
  Resolved resolved;
  resolved.type = Type::floating;
  resolved.floating = value;
  return resolved;
}

Resolved broken(const char* message) {
  Resolved resolved;
  resolved.type = Type::error;
  resolved.error = message;
  return resolved;
}

struct Word {
  std::string_view text;
  Type type;
  bool value;
};
constexpr Word words[] = {
    {"y", Type::boolean, true},      {"Y", Type::boolean, true},      {"yes", Type::boolean, true},
    {"Yes", Type::boolean, true},    {"YES", Type::boolean, true},    {"true", Type::boolean, true},
    {"True", Type::boolean, true},   {"TRUE", Type::boolean, true},   {"on", Type::boolean, true},
    {"On", Type::boolean, true},     {"ON", Type::boolean, true},     {"n", Type::boolean, false},
    {"N", Type::boolean, false},     {"no", Type::boolean, false},    {"No", Type::boolean, false},
    {"NO", Type::boolean, false},    {"false", Type::boolean, false}, {"False", Type::boolean, false},
    {"FALSE", Type::boolean, false}, {"off", Type::boolean, false},   {"Off", Type::boolean, false},
    {"OFF", Type::boolean, false},   {"~", Type::null, false},        {"null", Type::null, false},
    {"Null", Type::null, false},     {"NULL", Type::null, false},
};
constexpr std::size_t longest_word = 5;

Resolved resolve_word(std::string_view text) {
  if (text.size() <= longest_word) {
    for (const Word& word : words) {
      if (word.text == text) return word.type == Type::null ? null() : boolean(word.value);
    }
  }
  return string(text);
}

// .inf and .nan in their three spellings, the first with a sign if there is one.
std::optional<double> read_special_float(std::string_view text) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const bool negative = text.starts_with('-');
  std::string_view name = text;
  if (negative || text.starts_with('+')) name.remove_prefix(1);
  if (name == ".inf" || name == ".Inf" || name == ".INF") return negative ? -infinity : infinity;
  const bool nan = text == ".nan" || text == ".NaN" || text == ".NAN";
  if (nan) return std::numeric_limits<double>::quiet_NaN();
  return std::nullopt;
}

Resolved resolve_numeric(std::string_view text, bool fraction) {
  if (text.size() <= longest_word) {
    if (const auto special = read_special_float(text)) return floating(*special);
  }
  const auto number = fraction ? read_fraction(text) : read_number(text);
  return number ? *number : string(text);
}

Resolved resolve_plain(std::string_view text) {
  if (text.empty()) return null();
  switch (hints[static_cast<unsigned char>(text[0])]) {
    case Hint::text: return string(text);
    case Hint::word: return resolve_word(text);
    case Hint::number: return resolve_numeric(text, false);
    case Hint::fraction: return resolve_numeric(text, true);
  }
  return string(text);
}

Resolved resolve_floating(const Resolved& resolved) {
  if (resolved.type == Type::floating) return resolved;
  if (resolved.type == Type::integer) return floating(static_cast<double>(resolved.integer));
  return broken("tagged !!float, but it is none");
}

Resolved resolve_tagged(const Scalar& scalar, Arena& arena) {
  const Resolved resolved = resolve_plain(scalar.text);
  switch (scalar.tag) {
    case Tag::integer: {
      const bool whole = resolved.type == Type::integer || resolved.type == Type::large_integer;
      return whole ? resolved : broken("tagged !!int, but it is no integer");
    }
    case Tag::floating: return resolve_floating(resolved);
    case Tag::boolean: return resolved.type == Type::boolean ? resolved : broken("tagged !!bool, but it is none");
    case Tag::null: return resolved.type == Type::null ? resolved : broken("tagged !!null, but it is not null");
    case Tag::timestamp:
      return is_timestamp(scalar.text) ? string(scalar.text) : broken("tagged !!timestamp, but it is none");
    case Tag::binary: {
      const auto bytes = decode_base64(scalar.text);
      return bytes ? string(arena.copy(replace_invalid_utf8(*bytes))) : broken("tagged !!binary, but it is not base64");
    }
    default: return string(scalar.text);
  }
}

struct TagName {
  std::string_view name;
  Tag tag;
};
constexpr TagName tag_names[] = {
    {"str", Tag::string}, {"int", Tag::integer},   {"float", Tag::floating},      {"bool", Tag::boolean},
    {"null", Tag::null},  {"binary", Tag::binary}, {"timestamp", Tag::timestamp},
};

}  // namespace

Tag tag_of(std::string_view full_name) {
  constexpr std::string_view prefix = "tag:yaml.org,2002:";
  if (!full_name.starts_with(prefix)) return Tag::other;
  full_name.remove_prefix(prefix.size());
  for (const auto& [name, tag] : tag_names) {
    if (name == full_name) return tag;
  }
  return Tag::other;
}

Resolved resolve(const Scalar& scalar, Arena& arena) {
  if (scalar.tag != Tag::none) return resolve_tagged(scalar, arena);
  return scalar.plain ? resolve_plain(scalar.text) : string(scalar.text);
}

Value value_of(const Resolved& resolved) {
  switch (resolved.type) {
    case Type::null: return {Node::make_null()};
    case Type::boolean: return {Node::make_boolean(resolved.boolean)};
    case Type::integer: return {Node::make_integer(resolved.integer)};
    case Type::large_integer: return {Node::make_floating(static_cast<double>(resolved.large_integer))};
    case Type::floating: {
      if (!std::isfinite(resolved.floating))
        return {{}, "infinity and NaN have no form in JSON, so Kubernetes refuses them"};
      const auto whole = integer_of(resolved.floating);
      return {whole ? Node::make_integer(*whole) : Node::make_floating(resolved.floating)};
    }
    case Type::string: return {Node::make_string(resolved.text)};
    case Type::error: return {{}, resolved.error};
  }
  return {};
}

Key key_of(const Resolved& resolved, std::string& buffer) {
  switch (resolved.type) {
    case Type::string: return {resolved.text};
    case Type::boolean: return {resolved.boolean ? "true" : "false"};
    case Type::integer: buffer = std::to_string(resolved.integer); return {buffer};
    case Type::floating: buffer = format_key(resolved.floating); return {buffer};
    case Type::null: return {{}, "null cannot be a key; write \"null\" or \"\" in quotes if a string is meant"};
    case Type::large_integer: return {{}, "an integer beyond 64 bits with sign cannot be a key"};
    case Type::error: return {{}, resolved.error};
  }
  return {};
}

Key key_of(const Node& node, std::string& buffer) {
  Resolved resolved;
  switch (node.kind) {
    case Kind::null: resolved = null(); break;
    case Kind::boolean: resolved = boolean(node.boolean); break;
    case Kind::integer:
      resolved.type = Type::integer;
      resolved.integer = node.integer;
      break;
    case Kind::floating: resolved = floating(node.floating); break;
    case Kind::string: resolved = string(node.as_string()); break;
    default: return {{}, "a list or an object cannot be a key"};
  }
  return key_of(resolved, buffer);
}

}  // namespace kastell::document::yaml
