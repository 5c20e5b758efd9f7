#include "document/write.h"

#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "base/text.h"

namespace kastell::document {

namespace {

void append_integer(std::string& out, std::int64_t value) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  append_json_escaped(out, text);
  out += '"';
}

// A list or object that is being written, and how many of its values are.
struct Open {
  const Node* node;
  std::uint32_t written;
};

void append_scalar(std::string& out, const Node& node) {
  switch (node.kind) {
    case Kind::boolean: out += node.boolean ? "true" : "false"; return;
    case Kind::integer: append_integer(out, node.integer); return;
    case Kind::floating: out += std::isfinite(node.floating) ? format_double_json(node.floating) : "null"; return;
    case Kind::string: append_string(out, node.as_string()); return;
    default: out += "null"; return;
  }
}

void append_key(std::string& out, const Open& open, const SymbolTable& symbols) {
  if (open.written > 0) out += ',';
  if (!open.node->is_object()) return;
  append_string(out, symbols.text(open.node->member_keys()[open.written]));
  out += ':';
}

}  // namespace

// Aliases may nest documents deeper than their text does, so the way down is kept in a vector.
void append_json(std::string& out, const Node& node, const SymbolTable& symbols) {
  std::vector<Open> way;
  const auto begin = [&](const Node& value) {
    if (!value.is_list() && !value.is_object()) return append_scalar(out, value);
    out += value.is_list() ? '[' : '{';
    way.push_back({&value, 0});
  };
  begin(node);
  while (!way.empty()) {
    Open& top = way.back();
    if (top.written == top.node->size) {
      out += top.node->is_list() ? ']' : '}';
      way.pop_back();
      continue;
    }
    append_key(out, top, symbols);
    begin(top.node->items[top.written++]);
  }
}

}  // namespace kastell::document
