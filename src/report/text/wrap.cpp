#include "report/wrap.h"

#include <algorithm>

#include "base/text.h"

namespace kastell::report {

namespace {

void append_hex(std::string& out, unsigned value, int digits) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out += "0123456789abcdef"[value >> shift & 15];
}

// Marks that turn the direction of the text after them (UAX #9) can make a line read as what it is not:
// U+200E, U+200F, U+202A…U+202E, U+2066…U+2069. All are three bytes.
std::size_t bidi_control_length(std::string_view text) {
  if (!text.starts_with("\xE2\x80") && !text.starts_with("\xE2\x81")) return 0;
  if (text.size() < 3) return 0;
  const auto second = static_cast<unsigned char>(text[1]), third = static_cast<unsigned char>(text[2]);
  const bool turns = second == 0x80 ? third == 0x8E || third == 0x8F || (third >= 0xAA && third <= 0xAE)
                                    : third >= 0xA6 && third <= 0xA9;
  return turns ? 3 : 0;
}

}  // namespace

std::size_t columns_of(std::string_view text) {
  return count_code_points(text);
}

void append_visible(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    if (const std::size_t length = bidi_control_length(rest)) {
      const auto last = static_cast<unsigned>(static_cast<unsigned char>(rest[1]) & 0x3F) << 6 |
                        (static_cast<unsigned char>(rest[2]) & 0x3F);
      append_hex(out.append("\\u2"), last, 3);
      i += length;
      continue;
    }
    const auto byte = static_cast<unsigned char>(rest[0]);
    // C1 controls (U+0080…U+009F) steer some terminals too; in UTF-8 they are C2 80 … C2 9F.
    const bool c1 = byte == 0xC2 && rest.size() > 1 && static_cast<unsigned char>(rest[1]) < 0xA0;
    const auto shown = c1 ? static_cast<unsigned char>(rest[1]) : byte;
    if (c1 || shown < 0x20 || shown == 0x7F) {
      append_hex(out.append("\\x"), shown, 2);
    } else {
      out += static_cast<char>(byte);
    }
    i += c1 ? 2 : 1;
  }
}

void append_wrapped(std::string& out, std::string_view text, const Wrapping& wrapping) {
  const std::size_t first = wrapping.hanging ? wrapping.first_indent : wrapping.indent;
  out.append(first, ' ');
  std::size_t column = first;
  bool line_is_empty = true;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    begin = end + 1;
    if (word.empty()) continue;
    const std::size_t columns = columns_of(word);
    if (!line_is_empty && column + 1 + columns > wrapping.width) {
      out.append("\n").append(wrapping.indent, ' ');
      column = wrapping.indent;
      line_is_empty = true;
    }
    if (!line_is_empty) out += ' ', ++column;
    append_visible(out, word);
    column += columns;
    line_is_empty = false;
  }
  out += '\n';
}

}  // namespace kastell::report
