#include "report/wrap.h"

#include <algorithm>

#include "base/text.h"

namespace kastell::report {

std::size_t columns_of(std::string_view text) {
  return count_code_points(text);
}

void append_visible(std::string& out, std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    // C1 controls (U+0080…U+009F) steer some terminals too; in UTF-8 they are C2 80 … C2 9F.
    const bool c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    const auto shown = c1 ? static_cast<unsigned char>(text[++i]) : byte;
    if (c1 || shown < 0x20 || shown == 0x7F) {
      out += "\\x";
      out += digits[shown >> 4];
      out += digits[shown & 15];
    } else {
      out += static_cast<char>(byte);
    }
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
