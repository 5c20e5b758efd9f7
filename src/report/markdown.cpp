// Markdown for a comment on a pull request: GitHub takes 65,536 characters, so it is bounded, and says what it leaves
// out. Texts of the input come as text: no markup, no mention, no reference and no picture can be made of them.
#include <algorithm>
#include <span>

#include "report/formats.h"
#include "report/markdown/escape.h"
#include "report/redaction.h"
#include "report/text/writer.h"
#include "report/written.h"

namespace kastell::report {

using policy::Control;
using policy::Finding;
using policy::FindingDetail;
using policy::ScanResult;
using policy::Severity;
using policy::Verdict;

namespace {

constexpr std::size_t most_rows = 50;
constexpr std::size_t most_bytes = 50'000;      // of rows
constexpr std::size_t most_not_evaluated = 20;  // reasons
constexpr std::size_t longest_cell = 300;

std::vector<Finding> worst_first(const ScanResult& result) {
  std::vector<Finding> chosen;
  for (const Finding& finding : result.findings) {
    if (finding.verdict == Verdict::fail || finding.verdict == Verdict::error) chosen.push_back(finding);
  }
  std::ranges::stable_sort(chosen, std::ranges::greater{}, [&result](const Finding& finding) {
    return std::pair(finding.verdict == Verdict::fail, result.controls[finding.control]->severity);
  });
  return chosen;
}

class MarkdownWriter {
 public:
  MarkdownWriter(const ScanResult& result, std::string& out) : result_(result), out_(out), describer_(result) {}

  void append_heading() {
    const Totals totals = totals_of(result_);
    const bool complete = result_.snapshot->is_complete() && result_.unreadable == 0;
    out_ += "## Kastell: " + counted(totals.verdicts.fail, "finding", "findings");
    if (!complete) out_ += ", incomplete";
    out_ += "\n\n| Critical | High | Medium | Low | Info | Accepted | Not evaluated | Passed |\n";
    out_ += "|---:|---:|---:|---:|---:|---:|---:|---:|\n|";
    for (std::size_t i = totals.failed_by_severity.size(); i-- > 0;) {
      out_ += " " + std::to_string(totals.failed_by_severity[i]) + " |";
    }
    out_ += " " + std::to_string(totals.verdicts.accepted) + " | " +
            std::to_string(totals.verdicts.not_evaluated + totals.verdicts.error) + " | " +
            std::to_string(totals.verdicts.pass) + " |\n";
  }

  void append_baseline() {
    if (!result_.baseline) return;
    const policy::BaselineResult& baseline = *result_.baseline;
    out_ += "\n**" + std::to_string(baseline.all_new) + " new**, " + std::to_string(baseline.all_known) +
            " known from the baseline" + (baseline.hides_known ? " and not listed" : "");
    if (!baseline.gone.empty()) {
      out_ += "; " + counted(baseline.gone.size(), "entry", "entries") +
              " of the baseline no longer fail (`--write-baseline` takes them out)";
    }
    out_ += ".\n";
  }

  void append_findings() {
    const std::vector<Finding> findings = worst_first(result_);
    if (findings.empty()) return;
    out_ += "\n| Severity | What | Where |\n|---|---|---|\n";
    const std::size_t begin = out_.size();
    std::size_t shown = 0;
    while (shown < findings.size() && shown < most_rows && out_.size() - begin < most_bytes)
      append_row(findings[shown++]);
    if (shown == findings.size()) return;
    out_ += "\n" + std::to_string(findings.size() - shown) +
            " more are not shown here; `--format json`, `html` or `sarif` has all.\n";
  }

  void append_frameworks(std::span<const policy::FrameworkAssessment> frameworks) {
    if (frameworks.empty()) return;
    out_ +=
        "\n| Framework | Pass | Holds | Fail | Accepted | Not evaluated | Of |\n|---|---:|---:|---:|---:|---:|---:|\n";
    for (const policy::FrameworkAssessment& one : frameworks) {
      using enum policy::RowVerdict;
      out_ += "| ";
      append_markdown(out_, one.framework->title, longest_cell);
      for (const auto verdict : {pass, holds, fail, accepted, not_evaluated}) {
        out_ += " | " + std::to_string(one.count(verdict));
      }
      out_ += " | " + std::to_string(one.asked()) + " |\n";
    }
  }

  void append_gaps() {
    std::size_t troubles = 0;
    for (const snapshot::Coverage& entry : result_.snapshot->coverage()) {
      if (!is_unread(entry)) continue;
      if (troubles == 0) out_ += "\n**Not read**\n\n";
      if (++troubles <= most_not_evaluated) append_trouble(entry);
    }
    if (troubles > most_not_evaluated) {
      out_ += "- " + std::to_string(troubles - most_not_evaluated) + " more, see `--format json`\n";
    }
    if (result_.ignored_annotations != 0) {
      out_ += "\n`--strict`: the exceptions in annotations of " +
              counted(result_.ignored_annotations, "object", "objects") + " were ignored.\n";
    }
    if (result_.decided_by_closed_world != 0) {
      out_ += "\n`--closed-world` would decide " + counted(result_.decided_by_closed_world, "verdict", "verdicts") +
              ": it says that the input is everything there is.\n";
    }
  }

 private:
  void append_row(const Finding& finding) {
    const FindingDetail& detail = describer_.describe(finding);
    const Control& control = *result_.controls[finding.control];
    out_.append("| ").append(finding.verdict == Verdict::error ? name_of(finding.verdict) : name_of(control.severity));
    out_ += " | ";
    const bool secret = is_secret(detail, result_.snapshot->symbols());
    append_markdown(out_, detail.message.empty() ? control.title : shown_message(detail, secret, scratch_),
                    longest_cell);
    if (!detail.reason.empty()) {
      out_ += " (";
      append_markdown(out_, detail.reason, longest_cell);
      out_ += ")";
    }
    out_.append("<br>`").append(control.id).append("` | ");
    append_markdown(out_, identity_of(*detail.object), longest_cell);
    out_ += "<br>";
    const Place place = mending_place(detail);
    append_markdown(out_, place.source, longest_cell);
    if (place.line != 0) out_ += ":" + std::to_string(place.line);
    if (detail.written) {
      out_ += "<br>";
      append_markdown(out_, rendered_text(detail), longest_cell);
    }
    out_ += " |\n";
  }

  void append_trouble(const snapshot::Coverage& entry) {
    out_ += "- ";
    append_markdown(out_, entry.input, longest_cell);
    if (entry.place.line != 0) out_ += ":" + std::to_string(entry.place.line);
    out_ += ": ";
    append_markdown(out_, entry.reason, longest_cell);
    out_ += '\n';
  }

  const ScanResult& result_;
  std::string& out_;
  policy::Describer describer_;
  std::string scratch_;
};

}  // namespace

void write_markdown(const ScanResult& result, const ReportOptions& options, const Sink& sink) {
  Writer writer(sink);
  MarkdownWriter markdown(result, writer.text());
  markdown.append_heading();
  markdown.append_baseline();
  markdown.append_findings();
  markdown.append_frameworks(options.frameworks);
  markdown.append_gaps();
}

}  // namespace kastell::report
