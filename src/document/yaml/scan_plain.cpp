#include <array>

#include "document/yaml/line_folding.h"
#include "document/yaml/scan.h"

namespace kastell::document::yaml {

namespace {

// Bytes at which a line of a plain scalar may end.
constexpr std::array<bool, 256> make_stops(std::string_view more) {
  std::array<bool, 256> stops{};
  for (const unsigned char c : std::string_view("\0\n\r:#\xC2\xE2", 7)) stops[c] = true;
  for (const unsigned char c : more) stops[c] = true;
  return stops;
}
constexpr std::array<bool, 256> block_stops = make_stops("");
constexpr std::array<bool, 256> flow_stops = make_stops(",?[]{}");

// Where the part of a plain scalar that begins at `at` ends, blanks before the end included.
const char* find_line_end(const char* at, bool in_flow) {
  const auto& stops = in_flow ? flow_stops : block_stops;
  while (true) {
    while (!stops[static_cast<unsigned char>(*at)]) ++at;
    switch (*at) {
      case ':':
        if (is_blank_or_end(at + 1)) return at;
        break;
      case '#':
        if (is_blank(at[-1])) return at;
        break;
      case '\xC2':
      case '\xE2':
        if (is_break(at)) return at;
        break;
      default: return at;
    }
    ++at;
  }
}

const char* trim_blanks(const char* begin, const char* end) {
  while (end > begin && is_blank(end[-1])) --end;
  return end;
}

// Most plain scalars end with their line: the next one is not indented deeper.
bool ends_with_line(Cursor& cursor) {
  const char* line = cursor.at + 1;
  const char* token = line;
  while (*token == ' ') ++token;
  const bool deeper = token - line > cursor.indent;
  if (cursor.in_flow() || deeper || *token == '\t' || is_break_or_end(token)) return false;
  cursor.at = token;
  cursor.line_start = line;
  cursor.key_allowed = true;
  return true;
}

// Over the line breaks and blanks between two lines. False at a tab where indentation should be.
bool skip_lines(Cursor& cursor, LineFolding& folding) {
  while (true) {
    if (is_break(cursor.at)) {
      folding.read(cursor);
    } else if (is_blank(*cursor.at)) {
      const bool in_indentation = cursor.at - cursor.line_start < cursor.indent + 1;
      if (in_indentation && *cursor.at == '\t') return false;
      ++cursor.at;
    } else {
      return true;
    }
  }
}

bool goes_on(const Cursor& cursor) {
  if (!cursor.in_flow() && cursor.at - cursor.line_start < cursor.indent + 1) return false;
  return *cursor.at != '#' && !cursor.at_document_end() && find_line_end(cursor.at, cursor.in_flow()) != cursor.at;
}

}  // namespace

Scanned scan_plain(Cursor& cursor, TextBuilder& builder) {
  const char* begin = cursor.at;
  cursor.at = find_line_end(begin, cursor.in_flow());
  const char* end = trim_blanks(begin, cursor.at);
  std::string_view text(begin, static_cast<std::size_t>(end - begin));
  if (!is_break(cursor.at)) return {text};
  if (*cursor.at == '\n' && ends_with_line(cursor)) return {text};

  LineFolding folding;
  bool folded = false;
  while (is_break(cursor.at)) {
    if (!skip_lines(cursor, folding)) return {{}, "a tab must not be used for indentation", cursor.at};
    if (!goes_on(cursor)) break;
    if (!folded) builder.scratch = text;
    folded = true;
    folding.append_to(builder.scratch);
    begin = cursor.at;
    cursor.at = find_line_end(begin, cursor.in_flow());
    builder.scratch.append(begin, trim_blanks(begin, cursor.at));
  }
  if (folding.any()) cursor.key_allowed = true;
  return {folded ? builder.finish() : text};
}

}  // namespace kastell::document::yaml
