#include "cel/library/go_quote.h"

namespace kastell::cel {
namespace {

constexpr std::string_view hexadecimal = "0123456789abcdef";

// The letter after the backslash, or 0.
char short_escape(char byte) {
  switch (byte) {
    case '\a': return 'a';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    case '\v': return 'v';
    case '"':
    case '\\': return byte;
    default: return 0;
  }
}

void append_hexadecimal(std::string& out, unsigned char byte) {
  out += "\\x";
  out += hexadecimal[byte >> 4];
  out += hexadecimal[byte & 15];
}

}  // namespace

std::string go_quote(std::string_view text) {
  std::string out = "\"";
  for (const char byte : text) {
    if (const char letter = short_escape(byte); letter != 0) {
      out += '\\';
      out += letter;
    } else if (const auto code = static_cast<unsigned char>(byte); code < 0x20 || code == 0x7f) {
      append_hexadecimal(out, code);
    } else {
      out += byte;
    }
  }
  out += '"';
  return out;
}

}  // namespace kastell::cel
