#include "collect/render/template_references.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace kastell::collect {

namespace {

constexpr std::array<std::string_view, 6> built_in = {"Release",  "Chart", "Capabilities",
                                                      "Template", "Files", "Subcharts"};

bool is_name_character(char c) {
  return is_alphanumeric(c) || c == '_';
}

// The names of a chain of fields that begins at the dot at `at`; `at` is moved behind it.
std::vector<std::string> chain_at(std::string_view code, std::size_t& at) {
  std::vector<std::string> names;
  while (at + 1 < code.size() && code[at] == '.' && is_name_character(code[at + 1])) {
    const std::size_t begin = ++at;
    while (at < code.size() && is_name_character(code[at])) ++at;
    names.emplace_back(code.substr(begin, at - begin));
  }
  return names;
}

void note(std::vector<std::string> names, TemplateReferences& references) {
  if (names.front() == "Values") {
    names.erase(names.begin());
    if (!names.empty()) references.values.insert(std::move(names));
  } else if (std::ranges::find(built_in, names.front()) == built_in.end()) {
    references.relative.insert(std::move(names.front()));
  }
}

void read_action(std::string_view code, TemplateReferences& references) {
  for (std::size_t at = 0; at < code.size();) {
    if (code[at] == '"') {
      at = std::min(code.find('"', at + 1), code.size() - 1) + 1;
    } else if (code[at] == '.' && at + 1 < code.size() && is_name_character(code[at + 1])) {
      note(chain_at(code, at), references);
    } else {
      ++at;
    }
  }
}

}  // namespace

TemplateReferences references_in(std::string_view text) {
  TemplateReferences references;
  for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
    const std::size_t end = std::min(text.find("}}", at), text.size());
    read_action(text.substr(at + 2, end - std::min(end, at + 2)), references);
    at = end;
  }
  return references;
}

std::uint32_t nearest_mention(std::string_view text, std::string_view words, std::uint32_t line) {
  std::uint32_t nearest = 0, number = 1;
  const auto distance = [line](std::uint32_t to) { return to > line ? to - line : line - to; };
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view one = text.substr(begin, end - begin);
    const std::size_t at = one.find(words);
    const bool whole = at != std::string_view::npos && one.find("{{") < at &&
                       (at + words.size() == one.size() || !is_name_character(one[at + words.size()]));
    if (whole && (nearest == 0 || distance(number) < distance(nearest))) nearest = number;
    begin = end + 1;
  }
  return nearest;
}

}  // namespace kastell::collect
