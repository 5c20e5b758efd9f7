#include "cli/commands/guide_text.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "report/wrap.h"

namespace kastell::cli {

namespace {

using policy::Framework;
using policy::FrameworkAssessment;
using policy::FrameworkRow;
using policy::RowAssessment;
using policy::RowCoverage;
using policy::RowVerdict;

using CoverageCounts = std::array<std::size_t, policy::row_coverage_count>;

CoverageCounts count_coverage(const Framework& framework) {
  CoverageCounts counts{};
  for (const FrameworkRow& row : framework.rows) ++counts[static_cast<std::size_t>(row.coverage)];
  return counts;
}

std::string joined(std::span<const std::string> texts, std::string_view separator) {
  std::string out;
  for (const std::string& text : texts) out.append(out.empty() ? "" : separator).append(text);
  return out;
}

std::string verdict_text(const RowAssessment& row) {
  std::string text(name_of(row.verdict));
  if (row.verdict == RowVerdict::fail) text += " (" + std::to_string(row.failures) + ")";
  return text;
}

void append_row(std::string& out, const FrameworkRow& row, const RowAssessment* assessed, std::size_t width) {
  out.append("\n").append(row.id).append("  ");
  if (assessed != nullptr) out.append(verdict_text(*assessed)).append("; ");
  out.append(name_of(row.coverage)).append("\n");
  report::append_wrapped(out, row.title, {.indent = 2, .width = width});
  if (!row.note.empty()) report::append_wrapped(out, "(" + row.note + ")", {.indent = 2, .width = width});
  if (!row.controls.empty()) report::append_wrapped(out, joined(row.controls, ", "), {.indent = 4, .width = width});
}

// "22 full, 19 partial, …" of what there is any of.
template <typename Enumeration, std::size_t size>
std::string counted(const std::array<std::size_t, size>& counts) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) {
    if (counts[i] == 0) continue;
    out.append(out.empty() ? "" : ", ").append(std::to_string(counts[i])).append(" ");
    out.append(name_of(Enumeration(i)));
  }
  return out;
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  append_json_escaped(out, text);
  out += '"';
}

void append_member(std::string& out, std::string_view key, std::string_view value) {
  append_string(out, key);
  out += ':';
  append_string(out, value);
  out += ',';
}

template <typename Enumeration, std::size_t size>
void append_counts(std::string& out, std::string_view key, const std::array<std::size_t, size>& counts) {
  append_string(out, key);
  out += ":{";
  for (std::size_t i = 0; i < size; ++i) {
    append_string(out, name_of(Enumeration(i)));
    out.append(":").append(std::to_string(counts[i])).append(",");
  }
  out.back() = '}';
}

void append_json_row(std::string& out, const FrameworkRow& row, const RowAssessment* assessed) {
  out += '{';
  append_member(out, "id", row.id);
  append_member(out, "title", row.title);
  append_member(out, "coverage", name_of(row.coverage));
  append_member(out, "note", row.note);
  if (assessed != nullptr) {
    append_member(out, "verdict", name_of(assessed->verdict));
    out.append("\"failures\":").append(std::to_string(assessed->failures)).append(",");
  }
  out += "\"controls\":[";
  for (const std::string& control : row.controls) {
    if (out.back() != '[') out += ',';
    append_string(out, control);
  }
  out += "]}";
}

const RowAssessment* assessed_row(const FrameworkAssessment* assessment, std::size_t at) {
  return assessment == nullptr ? nullptr : &assessment->rows[at];
}

}  // namespace

std::string guide_text(const Framework& framework, const FrameworkAssessment* assessment, std::size_t width) {
  std::string out = framework.title + " " + framework.version + "\n";
  if (!framework.note.empty()) report::append_wrapped(out, framework.note, {.indent = 2, .width = width});
  for (std::size_t i = 0; i < framework.rows.size(); ++i) {
    append_row(out, framework.rows[i], assessed_row(assessment, i), width);
  }
  out.append("\n").append(std::to_string(framework.rows.size())).append(" rows: ");
  out.append(counted<RowCoverage>(count_coverage(framework))).append("\n");
  if (assessment != nullptr) out.append(counted<RowVerdict>(assessment->counts)).append("\n");
  return out;
}

std::string guide_json(const Framework& framework, const FrameworkAssessment* assessment) {
  std::string out = "{\"schema\":\"kastell.guide/v1\",\"framework\":{";
  append_member(out, "id", framework.id);
  append_member(out, "title", framework.title);
  append_member(out, "version", framework.version);
  append_member(out, "note", framework.note);
  out.back() = '}';
  out += ",\"rows\":[";
  for (std::size_t i = 0; i < framework.rows.size(); ++i) {
    out += i == 0 ? "\n" : ",\n";
    append_json_row(out, framework.rows[i], assessed_row(assessment, i));
  }
  out += "\n],";
  append_counts<RowCoverage>(out, "coverage", count_coverage(framework));
  if (assessment != nullptr) {
    out += ',';
    append_counts<RowVerdict>(out, "verdicts", assessment->counts);
  }
  return out += "}\n";
}

}  // namespace kastell::cli
