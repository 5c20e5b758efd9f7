#include "cel/front/case_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace kastell::cel::front {

namespace {

CaseFile read_file(const std::filesystem::path& path) {
  CaseFile file{path.filename().string(), {}};
  std::ifstream in(path);
  EXPECT_TRUE(in.is_open()) << path;
  bool open = false;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.starts_with('#')) continue;
    if (line.empty()) {
      open = false;
      continue;
    }
    if (!open) file.cases.push_back({number, {}});
    open = true;
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) {
      ADD_FAILURE() << path << ':' << number << ": not 'key: value'";
      continue;
    }
    file.cases.back().lines.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  return file;
}

}  // namespace

std::string Case::expression() const {
  std::string text;
  for (const std::string& part : all("expr")) text += (text.empty() ? "" : "\n") + part;
  return text;
}

std::vector<std::string> Case::all(std::string_view key) const {
  std::vector<std::string> values;
  for (const auto& [name, value] : lines) {
    if (name == key) values.push_back(value);
  }
  return values;
}

std::vector<CaseFile> read_cases(std::string_view folder) {
  std::vector<std::filesystem::path> paths;
  const auto root = std::filesystem::path(KASTELL_SOURCE_DIR) / "tests" / "cel" / folder;
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  }
  EXPECT_FALSE(paths.empty()) << root;
  std::ranges::sort(paths);
  std::vector<CaseFile> files;
  for (const auto& path : paths) files.push_back(read_file(path));
  return files;
}

}  // namespace kastell::cel::front
