#include "cel/diagnostics.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "cel/compile.h"

namespace kastell::cel {

namespace {

// Lines longer than this are not shown.
constexpr std::size_t snippet_limit = 16'384;

std::string_view line_at(std::string_view text, std::uint32_t offset) {
  const std::size_t begin = text.rfind('\n', offset == 0 ? std::string_view::npos : offset - 1);
  const std::size_t from = offset == 0 || begin == std::string_view::npos ? 0 : begin + 1;
  return text.substr(from, text.find('\n', from) - from);
}

std::string with_caret(std::string_view line, std::uint32_t column) {
  std::string shown{line};
  std::ranges::replace(shown, '\t', ' ');
  return "\n | " + shown + "\n | " + std::string(column - 1, '.') + '^';
}

}  // namespace

std::vector<Diagnostic> in_text_order(std::vector<Diagnostic> diagnostics) {
  std::multimap<std::uint32_t, Diagnostic> sorted;
  for (Diagnostic& diagnostic : diagnostics) sorted.emplace(diagnostic.offset, std::move(diagnostic));
  diagnostics.clear();
  for (auto& [offset, diagnostic] : sorted) diagnostics.push_back(std::move(diagnostic));
  return diagnostics;
}

LineColumn line_column(std::string_view text, std::uint32_t offset) {
  const std::string_view before = text.substr(0, std::min<std::size_t>(offset, text.size()));
  const auto lines = static_cast<std::uint32_t>(std::ranges::count(before, '\n'));
  const std::string_view in_line = before.substr(before.rfind('\n') + 1);
  return {lines + 1, static_cast<std::uint32_t>(count_code_points(in_line)) + 1};
}

std::string to_text(std::string_view expression, std::span<const Diagnostic> diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!text.empty()) text += '\n';
    const LineColumn place = line_column(expression, diagnostic.offset);
    text += std::to_string(place.line) + ':' + std::to_string(place.column) + ": " + diagnostic.message;
    const std::string_view line = line_at(expression, diagnostic.offset);
    if (line.size() <= snippet_limit) text += with_caret(line, place.column);
    if (!diagnostic.hint.empty()) text += "\n | " + diagnostic.hint;
  }
  return text;
}

}  // namespace kastell::cel
