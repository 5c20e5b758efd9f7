// Test cases as plain text, many to a file, without needing any parser of ours:
//
//   === name of the case
//   --- file shop/deployment.yaml
//   any text
//   --- expect
//   any text
//
// A file's text before its first "===" is comment. UPDATE_GOLDENS=1 in the environment makes check_golden
// rewrite what is expected; look at the difference before you commit it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace kastell::tests {

struct Section {
  std::string title;  // "file shop/deployment.yaml"
  std::string text;

  bool is(std::string_view word) const { return title == word || title.starts_with(std::string(word) + " "); }
  std::string argument() const { return title.substr(std::min(title.size(), title.find(' ') + 1)); }
};

struct Case {
  std::string name;
  std::vector<Section> sections;

  Section* find(std::string_view word) {
    const auto found = std::ranges::find_if(sections, [word](const Section& section) { return section.is(word); });
    return found == sections.end() ? nullptr : &*found;
  }
  std::string text(std::string_view word) {
    const Section* section = find(word);
    return section == nullptr ? "" : section->text;
  }
};

struct CaseFile {
  std::filesystem::path path;
  std::string comment;
  std::vector<Case> cases;
};

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline void write_text(const std::filesystem::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

inline bool updating_goldens() {
  const char* wanted = std::getenv("UPDATE_GOLDENS");
  return wanted != nullptr && std::string_view(wanted) == "1";
}

inline CaseFile load_cases(const std::filesystem::path& path) {
  CaseFile file{path, {}, {}};
  const std::string all = read_text(path);
  EXPECT_FALSE(all.empty()) << path;
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = std::min(all.find('\n', begin), all.size() - 1) + 1;
    const std::string line = all.substr(begin, end - begin);
    const std::string title = line.size() > 4 ? line.substr(4, line.find_last_not_of("\r\n") - 3) : "";
    if (line.starts_with("=== ")) {
      file.cases.push_back({title, {}});
    } else if (file.cases.empty()) {
      file.comment += line;
    } else if (line.starts_with("--- ")) {
      file.cases.back().sections.push_back({title, {}});
    } else if (!file.cases.back().sections.empty()) {
      file.cases.back().sections.back().text += line;
    }
    begin = end;
  }
  return file;
}

inline void save_cases(const CaseFile& file) {
  std::string all = file.comment;
  for (const Case& one : file.cases) {
    all += "=== " + one.name + "\n";
    for (const Section& section : one.sections) all += "--- " + section.title + "\n" + section.text;
  }
  write_text(file.path, all);
}

inline std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder, std::string_view ending) {
  std::vector<std::filesystem::path> result;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().string().ends_with(ending)) result.push_back(entry.path());
  }
  std::ranges::sort(result);
  return result;
}

// The first line that differs, with the lines around it: «-» is expected, «+» is what came.
inline std::string difference(const std::string& expected, const std::string& actual) {
  const auto lines = [](const std::string& text) {
    std::vector<std::string> result;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      result.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    return result;
  };
  const auto a = lines(expected), b = lines(actual);
  std::size_t first = 0;
  while (first < a.size() && first < b.size() && a[first] == b[first]) ++first;
  std::string text = "differs from line " + std::to_string(first + 1) + " (UPDATE_GOLDENS=1 rewrites it):\n";
  for (std::size_t i = first < 2 ? 0 : first - 2; i < first; ++i) text += "  " + a[i] + "\n";
  for (std::size_t i = first; i < std::min(a.size(), first + 6); ++i) text += "- " + a[i] + "\n";
  for (std::size_t i = first; i < std::min(b.size(), first + 6); ++i) text += "+ " + b[i] + "\n";
  return text;
}

// Compares a section with `actual`, or rewrites it when goldens are being updated.
inline void check_golden(Case& one, std::string_view section, const std::string& actual) {
  Section* expected = one.find(section);
  if (updating_goldens()) {
    if (expected == nullptr) expected = &one.sections.emplace_back(Section{std::string(section), {}});
    expected->text = actual;
    return;
  }
  ASSERT_NE(expected, nullptr) << one.name << " has no section " << section;
  EXPECT_TRUE(expected->text == actual) << one.name << ", " << section << ": " << difference(expected->text, actual);
}

// A golden that is a file of its own.
inline void check_golden_file(const std::filesystem::path& path, const std::string& actual) {
  if (updating_goldens()) return write_text(path, actual);
  const std::string expected = read_text(path);
  EXPECT_TRUE(expected == actual) << path << ": " << difference(expected, actual);
}

}  // namespace kastell::tests
