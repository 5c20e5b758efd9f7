// Cursor: where the YAML parser stands, and the way to the next token.
#pragma once

#include <cstdint>
#include <string_view>

#include "document/yaml/characters.h"

namespace kastell::document::yaml {

struct Cursor {
  const char* begin;             // of the source
  const char* at;                // the next byte
  const char* line_start;        // of the line that `at` is in
  std::int32_t indent = -1;      // column of the innermost block list or object
  std::uint32_t flow_depth = 0;  // brackets open
  // Whether a key, '-' or '?' may stand here: at the beginning of a line and after '-', '?' and the ':'
  // of an explicit key, in flow context after '[', '{' and ','.
  bool key_allowed = true;

  std::uint32_t offset() const { return static_cast<std::uint32_t>(at - begin); }
  std::uint32_t offset_of(const char* place) const { return static_cast<std::uint32_t>(place - begin); }
  bool in_flow() const { return flow_depth > 0; }

  // The end of the input, or "..." or a line that begins with "---": kubectl divides streams at any of these,
  // blank behind it or not.
  bool at_document_end() const {
    if (is_end(*at)) return true;
    if (at != line_start) return false;
    if (at[0] == '-') return at[1] == '-' && at[2] == '-';
    return at[0] == '.' && at[1] == '.' && at[2] == '.' && is_blank_or_end(at + 3);
  }

  // The column of the token at hand; -1 at the end of the document, which so ends every block.
  std::int32_t column() const { return at_document_end() ? -1 : static_cast<std::int32_t>(at - line_start); }

  void skip_break(std::size_t length) {
    at += length;
    line_start = at;
  }

  // To the next token: over blanks, comments and line breaks. Tabs are blanks only where they cannot be
  // taken for indentation.
  void skip_to_token() {
    while (true) {
      while (*at == ' ' || (*at == '\t' && (in_flow() || !key_allowed))) ++at;
      if (*at == '#') skip_comment();
      const std::size_t length = break_length(at);
      if (length == 0) return;
      skip_break(length);
      if (!in_flow()) key_allowed = true;
    }
  }

  void skip_blanks() {
    while (is_blank(*at)) ++at;
  }

  void skip_comment() {
    while (!is_break_or_end(at)) ++at;
  }
};

}  // namespace kastell::document::yaml
