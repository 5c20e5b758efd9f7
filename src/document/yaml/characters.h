// The character classes of YAML 1.1, on bytes.
//
// A Source ends in NULs (Source::padding of them), so a class may be asked of any byte of the text and
// of the few behind it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/ascii.h"

namespace kastell::document::yaml {

inline bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// Bytes of the line break at `at`, 0 if there is none: LF, CR, CR LF, and YAML 1.1's NEL, LS and PS. kubectl
// takes a CR LF for LF before it reads YAML, so CR CR LF is one break too.
inline std::size_t break_length(const char* at) {
  switch (static_cast<unsigned char>(*at)) {
    case '\n': return 1;
    case '\r': return at[1] == '\n' ? 2 : at[1] == '\r' && at[2] == '\n' ? 3 : 1;
    case 0xC2: return at[1] == '\x85' ? 2 : 0;
    case 0xE2: return at[1] == '\x80' && (at[2] == '\xA8' || at[2] == '\xA9') ? 3 : 0;
    default: return 0;
  }
}

inline bool is_break(const char* at) {
  return break_length(at) != 0;
}
inline bool is_end(char c) {
  return c == '\0';
}
inline bool is_break_or_end(const char* at) {
  return is_end(*at) || is_break(at);
}
inline bool is_blank_or_end(const char* at) {
  return is_blank(*at) || is_break_or_end(at);
}

// What anchors and tag handles are made of.
inline bool is_word(char c) {
  return is_alphanumeric(c) || c == '_' || c == '-';
}

}  // namespace kastell::document::yaml
