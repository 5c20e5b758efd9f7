// The texts of scalars: from the source to what they say, line breaks folded and escapes resolved.
//
// Each function starts at the scalar's first byte and leaves the cursor behind the scalar. The text is a
// view into the source where that says it as it is, else a copy in the arena.
#pragma once

#include <string>
#include <string_view>

#include "base/arena.h"
#include "document/yaml/cursor.h"

namespace kastell::document::yaml {

struct Scanned {
  std::string_view text = {};
  const char* error = nullptr;
  const char* error_at = nullptr;
};

// Where texts that must be put together grow before they are copied.
struct TextBuilder {
  Arena& arena;
  std::string scratch = {};

  std::string_view finish() { return arena.copy(scratch); }
};

Scanned scan_plain(Cursor& cursor, TextBuilder& builder);
Scanned scan_single_quoted(Cursor& cursor, TextBuilder& builder);
Scanned scan_double_quoted(Cursor& cursor, TextBuilder& builder);
Scanned scan_block_scalar(Cursor& cursor, TextBuilder& builder);  // '|' and '>'

}  // namespace kastell::document::yaml
