#include "collect/glob.h"

#include <algorithm>
#include <optional>
#include <span>

namespace kastell::collect {

namespace {

using Parts = std::span<const std::string_view>;

// Matches `c` against the class that begins behind '['; gives the position behind ']', or nothing if the
// class is never closed (then '[' stands for itself).
struct ClassMatch {
  bool matched;
  std::size_t end;
};
std::optional<ClassMatch> match_class(std::string_view pattern, std::size_t at, char c) {
  const bool negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  if (negated) ++at;
  bool matched = false;
  for (std::size_t first = at; at < pattern.size(); ++at) {
    if (pattern[at] == ']' && at != first) return ClassMatch{matched != negated, at + 1};
    if (at + 2 < pattern.size() && pattern[at + 1] == '-' && pattern[at + 2] != ']') {
      matched = matched || (pattern[at] <= c && c <= pattern[at + 2]);
      at += 2;
    } else {
      matched = matched || pattern[at] == c;
    }
  }
  return std::nullopt;
}

// Whether the pattern's next element, which is no star, takes `c`; moves `at` behind it.
bool take(std::string_view pattern, std::size_t& at, char c) {
  const char element = pattern[at];
  if (element == '?') return ++at, true;
  if (element == '[') {
    if (const auto match = match_class(pattern, at + 1, c)) return at = match->end, match->matched;
  }
  if (element == '\\' && at + 1 < pattern.size()) ++at;
  return pattern[at++] == c;
}

// Stars match greedily; on a mismatch the last star takes one element more. `next` consumes one element
// of the pattern at its position for the given element of the text.
bool matches_parts(Parts pattern, Parts path) {
  std::size_t p = 0, t = 0;
  std::optional<std::size_t> star;
  std::size_t star_text = 0;
  while (t < path.size()) {
    if (p < pattern.size() && pattern[p] == "**") {
      star = p++;
      star_text = t;
    } else if (p < pattern.size() && matches_part(pattern[p], path[t])) {
      ++p, ++t;
    } else if (star) {
      p = *star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  return std::all_of(pattern.begin() + static_cast<std::ptrdiff_t>(p), pattern.end(),
                     [](std::string_view part) { return part == "**"; });
}

}  // namespace

bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?[") != std::string_view::npos;
}

bool matches_part(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0;
  std::optional<std::size_t> star;
  std::size_t star_text = 0;
  while (t < text.size()) {
    std::size_t next = p;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_text = t;
    } else if (p < pattern.size() && take(pattern, next, text[t])) {
      p = next, ++t;
    } else if (star) {
      p = *star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    if (!part.empty() && part != ".") parts.push_back(part);
    begin = end + 1;
  }
  return parts;
}

bool matches_path(std::string_view pattern, std::string_view path) {
  return pattern.starts_with('/') == path.starts_with('/') && matches_parts(split_path(pattern), split_path(path));
}

bool matches_path_or_tail(std::string_view pattern, std::string_view path) {
  const auto pattern_parts = split_path(pattern);
  const auto parts = split_path(path);
  if (pattern.starts_with('/')) return path.starts_with('/') && matches_parts(pattern_parts, parts);
  for (std::size_t from = 0; from < parts.size(); ++from) {
    if (matches_parts(pattern_parts, Parts(parts).subspan(from))) return true;
  }
  return false;
}

}  // namespace kastell::collect
