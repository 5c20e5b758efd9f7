// What README.md shows as a screen is what the program prints.

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "support/process.h"

namespace kastell {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// From behind the command to the end of its block.
std::vector<std::string> screen_of(const std::string& readme, std::string_view command) {
  const std::size_t at = readme.find(command);
  if (at == std::string::npos) return {};
  const std::size_t begin = readme.find('\n', at) + 1;
  return lines_of(readme.substr(begin, readme.find("```", begin) - begin));
}

// "…" stands for lines that are left out, so each line must come somewhere behind the one before.
TEST(Readme, ShowsARealScreen) {
  const auto shown = screen_of(tests::read_text(KASTELL_SOURCE_DIR "/README.md"), "$ build/kastell scan examples/shop");
  ASSERT_GT(shown.size(), 20U);
  const auto done = tests::run_program({.arguments = {"scan", "examples/shop"}, .folder = KASTELL_SOURCE_DIR});
  const auto printed = lines_of(done.out);
  auto from = printed.begin();
  for (const std::string& line : shown) {
    if (line == "  …" || line.empty()) continue;
    const auto found = std::find(from, printed.end(), line);
    ASSERT_NE(found, printed.end()) << "not printed, or not here: " << line;
    from = found + 1;
  }
}

}  // namespace
}  // namespace kastell
