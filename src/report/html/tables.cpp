// Controls, frameworks and coverage as tables.

#include <algorithm>
#include <span>
#include <vector>

#include "report/formats.h"
#include "report/html/bar.h"
#include "report/html/escape.h"
#include "report/html/sections.h"

namespace kastell::report {

using policy::Control;
using policy::ControlCount;
using policy::FrameworkAssessment;
using policy::RowAssessment;
using policy::RowVerdict;
using policy::ScanResult;
using snapshot::Coverage;
using snapshot::CoverageStatus;

namespace {

void append_section(std::string& out, std::string_view id, std::string_view title) {
  out.append("<section id=\"").append(id).append("\" aria-labelledby=\"").append(id).append("-title\">\n<h2 id=\"");
  out.append(id).append("-title\">").append(title).append("</h2>\n");
}

struct Head {
  std::string_view title;
  bool is_number = false;
};

// Scrolls by itself where it is too wide, which the keyboard must reach.
void append_table_begin(std::string& out, std::string_view label, std::string_view more_class,
                        std::span<const Head> heads) {
  out.append("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"").append(label);
  out.append("\"><table class=\"stack").append(more_class).append("\"><thead><tr>");
  for (const Head& head : heads) {
    out.append(head.is_number ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">");
    out.append(head.title).append("</th>");
  }
  out += "</tr></thead><tbody>\n";
}
constexpr std::string_view table_end = "</tbody></table></div>";

// A cell whose name shows where the table has no room for a head.
void append_number_cell(std::string& out, std::string_view name, std::uint64_t number) {
  out.append("<td class=\"number")
      .append(number == 0 ? " zero" : "")
      .append("\" data-name=\"")
      .append(name)
      .append("\">");
  append_grouped(out, number);
  out += "</td>";
}

void append_control_link(std::string& out, std::string_view id) {
  out += "<a href=\"#c-";
  append_html(out, id);
  out += "\" data-show=\"";
  append_html(out, id);
  out += "\"><code>";
  append_html(out, id);
  out += "</code></a>";
}

bool says_something(const ControlCount& count) {
  return count.fail + count.accepted + count.error + count.not_evaluated != 0;
}

// The verdicts that a control's row counts; those that no control has are left out.
struct CountColumn {
  std::string_view title, name;
  std::uint64_t ControlCount::* count;
};
constexpr CountColumn count_columns[] = {
    {"Fail", "fail", &ControlCount::fail},
    {"Error", "error", &ControlCount::error},
    {"Accepted", "accepted", &ControlCount::accepted},
    {"Not evaluated", "not-evaluated", &ControlCount::not_evaluated},
    {"Pass", "pass", &ControlCount::pass},
};

class ControlsTable {
 public:
  ControlsTable(const ScanResult& result, const ChosenFindings& chosen) : result_(result), chosen_(chosen) {
    const ControlCount totals = totals_of(result).verdicts;
    for (const CountColumn& column : count_columns) {
      if (totals.*column.count != 0) columns_.push_back(&column);
    }
  }

  void append_begin(std::string& out) const {
    std::vector<Head> heads = {{"Control"}, {"Severity"}};
    for (const CountColumn* column : columns_) heads.push_back({column->title, true});
    if (chosen_.all_left_out != 0) heads.push_back({"Not on this page", true});
    append_table_begin(out, "Controls", " controls", heads);
  }

  void append_row(std::string& out, std::size_t number) const {
    const Control& control = *result_.controls[number];
    out += "<tr id=\"c-";
    append_html(out, control.id);
    out += "\"><th scope=\"row\">";
    append_control_link(out, control.id);
    out += " <span>";
    append_html(out, control.title);
    out.append("</span></th><td class=\"").append(name_of(control.severity)).append("\">");
    out.append(name_of(control.severity)).append("</td>");
    for (const CountColumn* column : columns_) {
      append_number_cell(out, column->name, result_.counts[number].*column->count);
    }
    if (chosen_.all_left_out != 0) append_number_cell(out, "not on this page", chosen_.left_out[number]);
    out += "</tr>\n";
  }

 private:
  const ScanResult& result_;
  const ChosenFindings& chosen_;
  std::vector<const CountColumn*> columns_;
};

void append_framework_row(std::string& out, const RowAssessment& row) {
  out += "<tr><th scope=\"row\"><code>";
  append_html(out, row.row->id);
  out += "</code></th><td>";
  append_html(out, row.row->title);
  if (!row.row->note.empty()) {
    out += "<br><span class=\"soft\">";
    append_html(out, row.row->note);
    out += "</span>";
  }
  out.append("</td><td class=\"").append(name_of(row.verdict)).append("\">").append(name_of(row.verdict));
  out.append("</td><td data-name=\"covered\">").append(name_of(row.row->coverage)).append("</td>");
  append_number_cell(out, "failures", row.failures);
  out += "<td>";
  for (const std::string& control : row.row->controls) {
    append_control_link(out, control);
    out += ' ';
  }
  out += "</td></tr>\n";
}

void append_framework(Writer& writer, const FrameworkAssessment& one) {
  std::string& out = writer.text();
  out += "<div class=\"framework\"><h3>";
  append_html(out, one.framework->title);
  out += "</h3>\n<p>";
  append_grouped(out, one.count(RowVerdict::pass));
  out += " of ";
  append_grouped(out, one.asked());
  out += " rows pass; what was not evaluated counts, never as pass.</p>\n";
  std::array<Share, policy::row_verdict_count> shares;
  constexpr std::array order = {RowVerdict::fail,  RowVerdict::accepted, RowVerdict::not_evaluated,
                                RowVerdict::holds, RowVerdict::pass,     RowVerdict::not_applicable};
  std::ranges::transform(order, shares.begin(),
                         [&one](RowVerdict verdict) { return Share{name_of(verdict), one.count(verdict)}; });
  append_bar(out, shares);
  static constexpr Head heads[] = {{"Row"}, {"Asks"}, {"Verdict"}, {"Covered"}, {"Failures", true}, {"Controls"}};
  out += "<details><summary>All rows</summary>";
  append_table_begin(out, "Rows", " rows", heads);
  for (const RowAssessment& row : one.rows) {
    append_framework_row(out, row);
    writer.leave();
  }
  out.append(table_end).append("</details></div>\n");
}

void append_coverage_row(std::string& out, const Coverage& entry) {
  out += "<tr><th scope=\"row\">";
  append_html(out, entry.input);
  if (entry.place.line != 0) out += ":" + std::to_string(entry.place.line);
  const bool trouble = is_unread(entry);
  out.append("</th><td class=\"").append(trouble ? "error" : "soft").append("\">").append(name_of(entry.status));
  out += "</td><td>";
  append_html(out, entry.reason);
  out += "</td></tr>\n";
}

// What could not be read first.
std::vector<const Coverage*> notable(const snapshot::Snapshot& snapshot) {
  std::vector<const Coverage*> entries;
  for (const Coverage& entry : snapshot.coverage()) {
    if (entry.status != CoverageStatus::read) entries.push_back(&entry);
  }
  std::ranges::stable_sort(entries, {}, [](const Coverage* entry) { return !is_unread(*entry); });
  return entries;
}

}  // namespace

void append_html_controls(Writer& writer, const ScanResult& result, const ChosenFindings& chosen) {
  std::string& out = writer.text();
  append_section(out, "controls", "Controls");
  std::vector<std::size_t> told;
  for (std::size_t i = 0; i < result.controls.size(); ++i) {
    if (says_something(result.counts[i])) told.push_back(i);
  }
  std::ranges::stable_sort(told, std::ranges::greater{}, [&result](std::size_t i) {
    return std::pair(result.counts[i].fail != 0, result.controls[i]->severity);
  });
  out += "<p>";
  append_grouped(out, told.size());
  out += " of ";
  append_grouped(out, result.controls.size());
  out += " controls have something to say; the others passed or had nothing to judge.</p>\n";
  if (!told.empty()) {
    const ControlsTable table(result, chosen);
    table.append_begin(out);
    for (const std::size_t number : told) {
      table.append_row(out, number);
      writer.leave();
    }
    out.append(table_end).append("\n");
  }
  out += "</section>\n";
}

void append_html_frameworks(Writer& writer, const ReportOptions& options) {
  if (options.frameworks.empty()) return;
  append_section(writer.text(), "frameworks", "Frameworks");
  for (const FrameworkAssessment& one : options.frameworks) append_framework(writer, one);
  writer.text() += "</section>\n";
}

void append_html_coverage(Writer& writer, const snapshot::Snapshot& snapshot) {
  std::string& out = writer.text();
  append_section(out, "coverage", "Coverage");
  const auto entries = notable(snapshot);
  out += "<p>";
  append_grouped(out, snapshot.coverage().size() - entries.size());
  out += " inputs were read whole.</p>\n";
  if (!entries.empty()) {
    static constexpr Head heads[] = {{"Input"}, {"Status"}, {"Reason"}};
    append_table_begin(out, "Coverage", "", heads);
    for (std::size_t i = 0; i < std::min(entries.size(), most_coverage_rows); ++i)
      append_coverage_row(out, *entries[i]);
    out.append(table_end).append("\n");
  }
  if (entries.size() > most_coverage_rows) {
    out += "<p>";
    append_grouped(out, entries.size() - most_coverage_rows);
    out += " more are not on this page; <code>--format json</code> lists all.</p>\n";
  }
  out += "</section>\n";
}

}  // namespace kastell::report
