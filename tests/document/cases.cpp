#include "document/cases.h"

#include <fstream>
#include <string_view>

namespace kastell::document::testing {

namespace {

struct Replacement {
  std::string_view name;
  std::string_view bytes;
};
constexpr Replacement replacements[] = {
    {"NUL", {"\0", 1}}, {"BOM", "\xEF\xBB\xBF"}, {"CR", "\r"}, {"TAB", "\t"}, {"SP", " "},
};

std::string expand_one(std::string_view name) {
  for (const auto& [known, bytes] : replacements) {
    if (known == name) return std::string(bytes);
  }
  if (name.starts_with('x')) return {static_cast<char>(std::stoi(std::string(name.substr(1)), nullptr, 16))};
  return "«" + std::string(name) + "»";
}

std::string expand(std::string_view text) {
  static constexpr std::string_view open = "«", close = "»";
  std::string out;
  if (text.ends_with("«NONL»\n")) text.remove_suffix(std::string_view("«NONL»\n").size());
  while (true) {
    const std::size_t begin = text.find(open);
    const std::size_t end = begin == std::string_view::npos ? begin : text.find(close, begin);
    if (end == std::string_view::npos) return out.append(text);
    out.append(text.substr(0, begin));
    out += expand_one(text.substr(begin + open.size(), end - begin - open.size()));
    text.remove_prefix(end + close.size());
  }
}

}  // namespace

std::vector<Case> load_cases(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<Case> cases;
  enum { in_input, in_json, in_errors } part = in_input;
  unsigned number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.starts_with("=== ")) {
      cases.push_back({path.substr(path.rfind('/') + 1), number, line.substr(4), {}, {}, {}});
      part = in_input;
    } else if (cases.empty()) {
      continue;  // remarks before the first case
    } else if (line == "--- json") {
      part = in_json;
    } else if (line == "--- errors") {
      part = in_errors;
    } else if (part == in_json) {
      cases.back().documents.push_back(line);
    } else if (part == in_errors) {
      cases.back().errors.push_back(line);
    } else {
      cases.back().input += (line.starts_with('\\') ? line.substr(1) : line) + '\n';
    }
  }
  for (Case& one : cases) one.input = expand(one.input);
  return cases;
}

}  // namespace kastell::document::testing
