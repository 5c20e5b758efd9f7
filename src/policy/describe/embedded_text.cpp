#include "policy/describe/embedded_text.h"

#include <algorithm>
#include <memory>

#include "base/text.h"

namespace kastell::policy {

namespace {

constexpr std::uint32_t deepest = 64;        // as kube/component/ reads such texts
constexpr std::uint32_t longest_header = 4;  // "|2-" and the line's end

std::string_view line_at(std::string_view text, std::size_t begin) {
  std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::size_t next_line(std::string_view text, std::size_t begin) {
  const std::size_t end = text.find('\n', begin);
  return end == std::string_view::npos ? text.size() : end + 1;
}

}  // namespace

EmbeddedText::EmbeddedText(const document::Source& source, std::string_view value, std::uint32_t offset,
                           SymbolTable& symbols)
    : value_(value), counts_code_points_(source.text().empty()) {
  for (std::size_t begin = 0; begin < value.size(); begin = next_line(value, begin)) {
    text_lines_.push_back(static_cast<std::uint32_t>(begin));
  }
  const bool keeps_lines =
      counts_code_points_ ? find_lines(source.places(), offset) : find_lines(source.text(), offset);
  if (!keeps_lines) return;
  stream_ = document::parse(std::make_shared<document::Source>("", value), symbols, {.limits = {.depth = deepest}});
}

// Each line of the text is one of the source, behind blanks.
bool EmbeddedText::find_lines(std::string_view source, std::uint32_t offset) {
  if (offset >= source.size() || source[offset] != '|') return false;
  std::size_t at = next_line(source, offset);
  for (const std::uint32_t begin : text_lines_) {
    const std::string_view line = line_at(value_, begin), raw = line_at(source, std::min(at, source.size()));
    const std::size_t indent = raw.size() < line.size() ? 0 : raw.size() - line.size();
    if (!raw.ends_with(line) || raw.substr(0, indent).find_first_not_of(' ') != std::string_view::npos) return false;
    source_lines_.push_back(static_cast<std::uint32_t>(at + indent));
    at = next_line(source, at);
  }
  return !source_lines_.empty();
}

// Behind the '|' its line has an indicator or two at most, and all lines but empty ones are as much longer than the
// text's.
bool EmbeddedText::find_lines(const document::Source::Places& places, std::uint32_t offset) {
  const std::vector<std::uint32_t>& starts = places.line_starts;
  auto at = std::ranges::upper_bound(starts, offset);
  if (at == starts.end() || *at - offset > longest_header) return false;
  std::optional<std::uint32_t> indent;
  for (const std::uint32_t begin : text_lines_) {
    if (at == starts.end()) return false;
    const std::uint32_t next = at + 1 == starts.end() ? places.size + 1 : *(at + 1);
    const auto length = static_cast<std::uint32_t>(count_code_points(line_at(value_, begin)));
    const std::uint32_t raw = next - *at - 1;
    if (length > 0 && !indent && raw > length) indent = raw - length;
    if (length > 0 && raw != length + indent.value_or(0)) return false;
    source_lines_.push_back(*at + indent.value_or(0));
    ++at;
  }
  return indent.has_value();
}

std::optional<std::uint32_t> EmbeddedText::offset_of(std::span<const document::Step> path) const {
  if (stream_.documents.empty()) return std::nullopt;
  std::size_t number = 0;
  if (stream_.documents.size() > 1 && !path.empty() && path[0].is_index) {
    number = path[0].number;
    path = path.subspan(1);
  }
  if (number >= stream_.documents.size()) return std::nullopt;
  const document::Document& document = stream_.documents[number];
  const std::uint32_t offset = document::locate(document.root, document.offset, path).offset;
  const auto line = std::ranges::upper_bound(text_lines_, offset) - text_lines_.begin() - 1;
  const std::uint32_t begin = text_lines_[static_cast<std::size_t>(line)];
  const std::string_view before = value_.substr(begin, offset - begin);
  const std::size_t within = counts_code_points_ ? count_code_points(before) : before.size();
  return source_lines_[static_cast<std::size_t>(line)] + static_cast<std::uint32_t>(within);
}

}  // namespace kastell::policy
