#include "report/human/excerpt.h"

#include <algorithm>

#include "report/formats.h"
#include "report/redaction.h"
#include "report/wrap.h"

namespace kastell::report {

using document::Source;
using policy::FindingDetail;

namespace {

constexpr std::size_t number_columns = 8;  // of the line number

// The line as it is shown, and where the caret stands in it, in bytes.
struct Excerpt {
  std::string text;
  std::size_t caret = 0;
  std::size_t caret_length = 0;  // 0: no caret
};

std::uint32_t begin_of(std::string_view line, const Source& source) {
  return static_cast<std::uint32_t>(line.data() - source.text().data());
}

// Cuts the line before its first secret; the caret goes with what it stood on.
void cut_secret(Excerpt& excerpt, std::size_t keep) {
  excerpt.text.resize(keep);
  excerpt.text += redacted;
  if (excerpt.caret >= keep) excerpt.caret_length = 0;
  excerpt.caret_length = std::min(excerpt.caret_length, keep - std::min(keep, excerpt.caret));
}

bool inside_code_point(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

// Keeps a window of at most `columns` bytes with the caret in it.
void crop(Excerpt& excerpt, std::size_t columns) {
  if (excerpt.text.size() <= columns) return;
  std::size_t begin =
      excerpt.caret + excerpt.caret_length <= columns ? 0 : excerpt.caret - std::min(excerpt.caret, columns / 4);
  while (inside_code_point(excerpt.text, begin)) ++begin;
  std::size_t end = std::min(begin + columns, excerpt.text.size());
  while (inside_code_point(excerpt.text, end)) --end;
  excerpt.caret -= begin;
  excerpt.caret_length = std::min(excerpt.caret_length, end - begin - excerpt.caret);
  excerpt.text =
      (begin > 0 ? "…" : "") + excerpt.text.substr(begin, end - begin) + (end < excerpt.text.size() ? "…" : "");
  if (begin > 0) excerpt.caret += std::string_view("…").size();
}

Excerpt excerpt_of(const FindingDetail& detail, const snapshot::Snapshot& snapshot, std::string_view line,
                   std::size_t columns) {
  const Source& source = *detail.source;
  const std::uint32_t begin = begin_of(line, source);
  std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
  Excerpt excerpt{std::string(line), detail.offset - begin, token_length(source, detail.offset)};
  const auto end = begin + static_cast<std::uint32_t>(line.size());
  if (const auto secret = first_secret_offset(detail, snapshot, begin, end)) {
    cut_secret(excerpt, *secret - begin);
    indent = std::min<std::size_t>(indent, *secret - begin);
  }
  const std::size_t cut = std::min(indent, excerpt.caret);
  excerpt.text.erase(0, cut);
  excerpt.caret -= cut;
  std::ranges::replace(excerpt.text, '\t', ' ');
  crop(excerpt, columns);
  return excerpt;
}

void append_margin(std::string& out, std::string_view number, const Style& style) {
  std::string margin(number_columns > number.size() ? number_columns - number.size() : 0, ' ');
  style.append(out, Look::dim, margin.append(number).append(" | "));
}

}  // namespace

void append_excerpt(std::string& out, const FindingDetail& detail, const snapshot::Snapshot& snapshot,
                    const Style& style, std::size_t width) {
  const std::string_view line = detail.source->line_at(detail.offset);
  if (line.size() > longest_shown_line || line.empty()) return;
  const std::size_t margin = number_columns + 3;
  const Excerpt excerpt = excerpt_of(detail, snapshot, line, width > margin + 10 ? width - margin : 10);
  append_margin(out, std::to_string(detail.place.line), style);
  append_visible(out, excerpt.text);
  out += '\n';
  if (excerpt.caret_length == 0) return;
  append_margin(out, "", style);
  out.append(columns_of(std::string_view(excerpt.text).substr(0, excerpt.caret)), ' ');
  const std::string_view token = std::string_view(excerpt.text).substr(excerpt.caret, excerpt.caret_length);
  style.append(out, Look::caret, std::string(columns_of(token), '^'));
  out += '\n';
}

}  // namespace kastell::report
