#include "report/html/excerpt.h"

#include <algorithm>
#include <vector>

#include "document/path.h"
#include "report/formats.h"
#include "report/html/escape.h"
#include "report/redaction.h"

namespace kastell::report {

using document::Path;
using policy::FindingDetail;

namespace {

constexpr std::size_t most_parents = 4;

struct Row {
  std::uint32_t line;
  std::uint32_t offset;  // of the field's key
};

// The finding's row, and above it those of its parents.
std::vector<Row> rows_of(const FindingDetail& detail, const snapshot::Snapshot& snapshot) {
  std::vector<Row> rows = {{detail.place.line, detail.offset}};
  auto path = document::parse_path(detail.field, *snapshot.shared_symbols());
  if (!path) return rows;
  for (; path->size() > 1 && rows.size() <= most_parents;) {
    path->pop_back();
    const auto located = document::locate(detail.object->root, detail.object->offset, *path);
    const std::uint32_t line = detail.source->place_of(located.offset).line;
    if (located.node != nullptr && line < rows.back().line &&
        detail.source->line_at(located.offset).size() <= longest_shown_line) {
      rows.push_back({line, located.offset});
    }
  }
  std::ranges::reverse(rows);
  return rows;
}

void append_line_number(std::string& out, std::uint32_t line) {
  out += "<span class=\"n\">" + std::to_string(line) + "</span>";
}

class RowWriter {
 public:
  RowWriter(const FindingDetail& detail, const snapshot::Snapshot& snapshot, std::string& out)
      : detail_(detail), snapshot_(snapshot), out_(out) {}

  void append(const Row& row, bool hit) {
    const std::string_view line = detail_.source->line_at(row.offset);
    out_ += hit ? "<span class=\"row hit\">" : "<span class=\"row\">";
    append_line_number(out_, row.line);
    const std::size_t length = shown_length(line);
    const std::size_t at = row.offset - begin_of(line);
    if (hit && at < length) {
      const std::size_t token = std::min(token_length(*detail_.source, row.offset), length - at);
      append_html(out_, line.substr(0, at));
      out_ += "<mark>";
      append_html(out_, line.substr(at, token));
      out_ += "</mark>";
      append_html(out_, line.substr(at + token, length - at - token));
    } else {
      append_html(out_, line.substr(0, length));
    }
    if (length < line.size()) out_ += redacted;
    out_ += "</span>";
  }

 private:
  std::uint32_t begin_of(std::string_view line) const {
    return static_cast<std::uint32_t>(line.data() - detail_.source->text().data());
  }

  // How much of the line may be shown.
  std::size_t shown_length(std::string_view line) const {
    const std::uint32_t begin = begin_of(line), end = begin + static_cast<std::uint32_t>(line.size());
    const auto secret = first_secret_offset(detail_, snapshot_, begin, end);
    return secret ? *secret - begin : line.size();
  }

  const FindingDetail& detail_;
  const snapshot::Snapshot& snapshot_;
  std::string& out_;
};

}  // namespace

void append_html_excerpt(std::string& out, const FindingDetail& detail, const snapshot::Snapshot& snapshot) {
  const std::string_view line = detail.source->line_at(detail.offset);
  if (detail.place.line == 0 || line.empty() || line.size() > longest_shown_line) return;
  const std::vector<Row> rows = rows_of(detail, snapshot);
  RowWriter writer(detail, snapshot, out);
  out += "<pre class=\"excerpt\" tabindex=\"0\"><code>";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool gap = i != 0 && rows[i].line != rows[i - 1].line + 1;
    if (gap) out += "<span class=\"row gap\"><span class=\"n\">⋯</span></span>";
    writer.append(rows[i], i + 1 == rows.size());
  }
  out += "</code></pre>";
}

}  // namespace kastell::report
