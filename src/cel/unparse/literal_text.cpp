#include "cel/unparse/literal_text.h"

#include <array>

#include "base/text.h"

namespace kastell::cel {

namespace {

struct Escape {
  char character;
  std::string_view text;
};

constexpr std::array escapes{
    Escape{'\a', "\\a"}, Escape{'\b', "\\b"}, Escape{'\f', "\\f"},  Escape{'\n', "\\n"}, Escape{'\r', "\\r"},
    Escape{'\t', "\\t"}, Escape{'\v', "\\v"}, Escape{'\\', "\\\\"}, Escape{'"', "\\\""},
};

void append_octal(std::string& out, unsigned char byte) {
  out += '\\';
  out += static_cast<char>('0' + (byte >> 6));
  out += static_cast<char>('0' + ((byte >> 3) & 7));
  out += static_cast<char>('0' + (byte & 7));
}

void append_escaped(std::string& out, char c, bool is_bytes) {
  for (const Escape& escape : escapes) {
    if (escape.character == c) {
      out += escape.text;
      return;
    }
  }
  const auto byte = static_cast<unsigned char>(c);
  const bool printable = byte >= 0x20 && byte != 0x7F && (byte < 0x80 || !is_bytes);
  if (printable) {
    out += c;
  } else {
    append_octal(out, byte);
  }
}

std::string quoted(std::string_view text, bool is_bytes) {
  std::string out{is_bytes ? "b\"" : "\""};
  for (const char c : text) append_escaped(out, c, is_bytes);
  return out + '"';
}

}  // namespace

std::string literal_text(const Value& value) {
  switch (value.kind) {
    case Kind::boolean: return value.boolean ? "true" : "false";
    case Kind::integer: return std::to_string(value.integer);
    case Kind::floating: return format_double_json(value.floating);
    case Kind::string: return quoted(as_text(value), false);
    case value_kind::uint: return std::to_string(as_uint(value)) + 'u';
    case value_kind::bytes: return quoted(as_text(value), true);
    default: return "null";
  }
}

}  // namespace kastell::cel
