#include "base/text.h"
#include "document/yaml/line_folding.h"
#include "document/yaml/scan.h"

namespace kastell::document::yaml {

namespace {

constexpr const char* never_closed = "the quoted string that begins here is never closed";

// Over blanks and line breaks inside quotes; `spaces` keeps the blanks if no line ends among them.
void skip_spaces(Cursor& cursor, LineFolding& folding, std::string& text) {
  const char* spaces = cursor.at;
  while (true) {
    if (is_blank(*cursor.at)) {
      ++cursor.at;
    } else if (is_break(cursor.at)) {
      folding.read(cursor);
    } else {
      break;
    }
  }
  if (folding.any()) {
    folding.append_to(text);
  } else {
    text.append(spaces, cursor.at);
  }
}

Scanned finish(Cursor& cursor, TextBuilder& builder) {
  ++cursor.at;
  return {builder.finish()};
}

struct Escape {
  char letter;
  std::string_view meaning;
};
constexpr Escape escapes[] = {
    {'n', "\n"}, {'"', "\""}, {'\\', "\\"},      {'t', "\t"},       {'r', "\r"},           {'0', {"\0", 1}},
    {'a', "\a"}, {'b', "\b"}, {'\t', "\t"},      {'v', "\v"},       {'f', "\f"},           {'e', "\x1B"},
    {' ', " "},  {'\'', "'"}, {'N', "\xC2\x85"}, {'_', "\xC2\xA0"}, {'L', "\xE2\x80\xA8"}, {'P', "\xE2\x80\xA9"},
};

std::size_t digits_of(char letter) {
  switch (letter) {
    case 'x': return 2;
    case 'u': return 4;
    case 'U': return 8;
    default: return 0;
  }
}

const char* read_code_point(Cursor& cursor, std::size_t digits, std::string& text) {
  char32_t value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const int digit = hexadecimal_value(cursor.at[2 + i]);
    if (digit < 0) return "the escape must be followed by hexadecimal digits: \\x2, \\u4, \\U8 of them";
    value = (value << 4) | static_cast<char32_t>(digit);
  }
  if ((value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) return "the escape names no Unicode character";
  append_utf8(text, value);
  cursor.at += 2 + digits;
  return nullptr;
}

// At a backslash. What is wrong with the escape, or null.
const char* read_escape(Cursor& cursor, LineFolding& folding, std::string& text) {
  const char* letter = cursor.at + 1;
  if (const std::size_t length = break_length(letter)) {
    ++cursor.at;
    cursor.skip_break(length);
    folding.join();
    return nullptr;
  }
  if (const std::size_t digits = digits_of(*letter)) return read_code_point(cursor, digits, text);
  for (const Escape& escape : escapes) {
    if (escape.letter != *letter) continue;
    text += escape.meaning;
    cursor.at += 2;
    return nullptr;
  }
  return "unknown escape in a double-quoted string";
}

}  // namespace

Scanned scan_single_quoted(Cursor& cursor, TextBuilder& builder) {
  const char* quote = cursor.at++;
  const char* begin = cursor.at;
  while (*cursor.at != '\'' && !is_break_or_end(cursor.at)) ++cursor.at;
  if (*cursor.at == '\'' && cursor.at[1] != '\'') {
    return {{begin, static_cast<std::size_t>(cursor.at++ - begin)}};
  }
  cursor.at = begin;
  builder.scratch.clear();
  LineFolding folding;
  while (true) {
    if (cursor.at_document_end()) return {{}, never_closed, quote};
    while (!is_blank_or_end(cursor.at)) {
      if (*cursor.at == '\'' && *++cursor.at != '\'') {
        --cursor.at;
        return finish(cursor, builder);
      }
      builder.scratch += *cursor.at++;
    }
    if (!is_end(*cursor.at)) skip_spaces(cursor, folding, builder.scratch);
  }
}

Scanned scan_double_quoted(Cursor& cursor, TextBuilder& builder) {
  const char* quote = cursor.at++;
  const char* begin = cursor.at;
  while (*cursor.at != '"' && *cursor.at != '\\' && !is_break_or_end(cursor.at)) ++cursor.at;
  if (*cursor.at == '"') return {{begin, static_cast<std::size_t>(cursor.at++ - begin)}};
  cursor.at = begin;
  builder.scratch.clear();
  LineFolding folding;
  while (true) {
    if (cursor.at_document_end()) return {{}, never_closed, quote};
    while (!is_blank_or_end(cursor.at) && !folding.any()) {
      if (*cursor.at == '"') return finish(cursor, builder);
      if (*cursor.at != '\\') {
        builder.scratch += *cursor.at++;
      } else if (const char* error = read_escape(cursor, folding, builder.scratch)) {
        return {{}, error, cursor.at};
      }
    }
    if (is_end(*cursor.at)) continue;
    skip_spaces(cursor, folding, builder.scratch);
  }
}

}  // namespace kastell::document::yaml
