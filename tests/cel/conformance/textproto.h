// A reader for protocol buffers' text format, without descriptors: a tree of named fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kastell::cel::conformance {

struct Field {
  std::string name;  // "[type.googleapis.com/x.Y]" for expanded Any messages
  bool is_message = false;
  bool is_string = false;
  std::string scalar;  // text of a scalar; the bytes of a string, escapes resolved
  std::vector<Field> fields;

  const Field* find(std::string_view wanted) const;      // the first field of that name
  std::string_view text(std::string_view wanted) const;  // its scalar, or ""
  bool is_true(std::string_view wanted) const { return text(wanted) == "true"; }
  std::vector<const Field*> all(std::string_view wanted) const;
};

// The file's message: a field without a name. Errors carry the line.
Result<Field> read_textproto(std::string_view text);

}  // namespace kastell::cel::conformance
