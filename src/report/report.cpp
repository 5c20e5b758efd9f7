#include "report/report.h"
#include "kube/shown_value.h"

#include <algorithm>
#include <utility>

#include "report/formats.h"

namespace kastell::report {

namespace {

struct FormatRow {
  std::string_view name;
  Format format;
  void (*write)(const policy::ScanResult&, const ReportOptions&, const Sink&);
};
constexpr std::array<FormatRow, 9> formats = {{
    {"human", Format::human, write_human},
    {"json", Format::json, write_json},
    {"sarif", Format::sarif, write_sarif},
    {"junit", Format::junit, write_junit},
    {"html", Format::html, write_html},
    {"markdown", Format::markdown, write_markdown},
    {"csv", Format::csv, write_csv},
    {"gitlab", Format::gitlab, write_gitlab},
    {"policyreport", Format::policy_report, write_policy_report},
}};

constexpr auto names = [] {
  std::array<std::string_view, formats.size()> all;
  std::ranges::transform(formats, all.begin(), &FormatRow::name);
  return all;
}();

}  // namespace

std::optional<Format> parse_format(std::string_view text) {
  const auto* row = std::ranges::find(formats, text, &FormatRow::name);
  if (row == formats.end()) return std::nullopt;
  return row->format;
}

std::span<const std::string_view> format_names() {
  return names;
}

void write(Format format, const policy::ScanResult& result, const ReportOptions& options, const Sink& sink) {
  std::ranges::find(formats, format, &FormatRow::format)->write(result, options, sink);
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
  return std::to_string(number) + " " + std::string(number == 1 ? one : many);
}

Totals totals_of(const policy::ScanResult& result) {
  Totals totals;
  for (std::size_t i = 0; i < result.controls.size(); ++i) {
    const policy::ControlCount& count = result.counts[i];
    totals.verdicts.pass += count.pass;
    totals.verdicts.fail += count.fail;
    totals.verdicts.not_applicable += count.not_applicable;
    totals.verdicts.not_evaluated += count.not_evaluated;
    totals.verdicts.accepted += count.accepted;
    totals.verdicts.error += count.error;
    totals.failed_by_severity[static_cast<std::size_t>(result.controls[i]->severity)] += count.fail;
  }
  return totals;
}

void append_json(std::string& out, const document::Node& node, const SymbolTable& symbols) {
  constexpr std::size_t longest = 200;
  kube::append_shown_json(out, node, symbols, longest);
}

std::size_t token_length(const document::Source& source, std::uint32_t offset) {
  constexpr std::size_t longest = 4096;  // a line may be a whole cluster's JSON
  const std::string_view text = source.text().substr(std::min<std::size_t>(offset, source.text().size()), longest);
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  if (line.starts_with('"') || line.starts_with('\'')) {
    const std::size_t close = line.find(line.front(), 1);
    return close == std::string_view::npos ? line.size() : close + 1;
  }
  if (line.starts_with("- ")) return 1;
  return std::max<std::size_t>(1, std::min(line.find_first_of(" :,{}[]#"), line.size()));
}

std::string identity_of(const snapshot::Object& object) {
  std::string text(object.kind);
  text += ' ';
  if (!object.name_space.empty()) text.append(object.name_space).append("/");
  return text.append(object.name.empty() ? "(unnamed)" : object.name);
}

}  // namespace kastell::report
