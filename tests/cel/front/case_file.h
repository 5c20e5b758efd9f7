// Test cases of the CEL front end, as text:
//
//   # a comment
//   expr: a.b + 1
//   unparse: a.b + 1
//   tree: _+_#3(a#1.b#2, 1#4)
//
// A blank line ends a case. A key may be repeated: `expr` lines are then joined by line ends, other
// keys are a list.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kastell::cel::front {

struct Case {
  int line = 0;
  std::vector<std::pair<std::string, std::string>> lines;  // key, value

  std::string expression() const;
  std::vector<std::string> all(std::string_view key) const;
  bool has(std::string_view key) const { return !all(key).empty(); }
};

struct CaseFile {
  std::string path;
  std::vector<Case> cases;
};

// The files of tests/cel/<folder>; the test fails by name if there is none or one does not read.
std::vector<CaseFile> read_cases(std::string_view folder);

}  // namespace kastell::cel::front
