// Tests as data: files of cases.
//
// A case is a block that begins with a line "=== title" and holds, in this order,
//     the input text (its last line end belongs to the marker that follows)
//     "--- json" and one line of JSON per document, and/or
//     "--- errors" and one line "line:column: [code] message" per error.
// Lines of the input that would look like a marker are written with a '\' before them. In the input
// «NUL», «BOM», «CR», «TAB», «SP», «NONL» (no line end at the end) and «xHH» stand for those bytes.
#pragma once

#include <string>
#include <vector>

namespace kastell::document::testing {

struct Case {
  std::string file;
  unsigned line = 0;
  std::string title;
  std::string input;
  std::vector<std::string> documents;
  std::vector<std::string> errors;
};

std::vector<Case> load_cases(const std::string& path);

}  // namespace kastell::document::testing
