#include "report/human/summary.h"

#include <algorithm>
#include <map>
#include <set>

#include "report/formats.h"
#include "report/framework_scores.h"
#include "report/human/coverage.h"
#include "report/wrap.h"

namespace kastell::report {

using policy::Finding;
using policy::ScanResult;
using policy::Severity;
using policy::Verdict;

namespace {

constexpr std::size_t most_gone_lines = 10;

void append_title(std::string& out, const Style& style, std::string_view title) {
  out += '\n';
  style.append(out, Look::bold, title);
  out += '\n';
}

void append_right(std::string& out, std::uint64_t number, std::size_t width) {
  const std::string text = std::to_string(number);
  out.append(width > text.size() ? width - text.size() : 0, ' ').append(text);
}

// "network.egress-policy (2), reference.secret".
std::string list_of(const std::map<std::uint16_t, std::uint64_t>& controls, const ScanResult& result) {
  std::string text;
  for (const auto& [control, count] : controls) {
    if (!text.empty()) text += ", ";
    text += result.controls[control]->id;
    if (count > 1) text += " (" + std::to_string(count) + ")";
  }
  return text;
}

// Not-evaluated verdicts by reason, since one reason often leaves many controls in the dark: the same sentence once,
// however many objects it is about.
void append_not_evaluated(Writer& writer, const ScanResult& result, const ReportOptions& options, const Style& style) {
  std::map<std::uint32_t, std::map<std::uint16_t, std::uint64_t>> groups;
  for (const Finding& finding : result.findings) {
    if (finding.verdict == Verdict::not_evaluated) ++groups[finding.reason][finding.control];
  }
  if (groups.empty()) return;
  append_title(writer.text(), style, "Not evaluated");
  for (const auto& [reason, controls] : groups) {
    append_wrapped(writer.text(), result.reasons[reason] + ": " + list_of(controls, result),
                   {.indent = 4, .width = options.width, .first_indent = 2, .hanging = true});
    writer.leave();
  }
}

struct SeverityCounts {
  std::uint64_t findings = 0;
  std::set<snapshot::ObjectId> objects;
  std::set<std::uint16_t> controls;
};

std::array<SeverityCounts, 5> count_severities(const ScanResult& result) {
  std::array<SeverityCounts, 5> counts;
  for (const Finding& finding : result.findings) {
    if (finding.verdict != Verdict::fail) continue;
    SeverityCounts& row = counts[static_cast<std::size_t>(result.controls[finding.control]->severity)];
    ++row.findings;
    row.objects.insert(finding.object);
    row.controls.insert(finding.control);
  }
  return counts;
}

void append_table(std::string& out, const ScanResult& result, const Style& style) {
  const auto counts = count_severities(result);
  style.append(out, Look::dim, "  severity  findings   objects  controls\n");
  for (std::size_t i = counts.size(); i-- > 0;) {
    const auto severity = static_cast<Severity>(i);
    std::string name(name_of(severity));
    out += "  ";
    style.append(out, counts[i].findings == 0 ? Look::dim : Style::of(severity), name);
    out.append(8 - name.size(), ' ');
    append_right(out, counts[i].findings, 10);
    append_right(out, counts[i].objects.size(), 10);
    append_right(out, counts[i].controls.size(), 10);
    out += '\n';
  }
}

// How many are new, and what of the baseline could be taken out.
void append_baseline(std::string& out, const policy::BaselineResult& baseline, const ReportOptions& options) {
  append_wrapped(out,
                 "of those that failed " + std::to_string(baseline.all_new) + " are new, " +
                     std::to_string(baseline.all_known) + " are known from the baseline" +
                     (baseline.hides_known ? " and not listed" : ""),
                 {.indent = 2, .width = options.width});
  if (baseline.gone.empty()) return;
  append_wrapped(out,
                 counted(baseline.gone.size(), "entry", "entries") +
                     " of the baseline no longer fail; --write-baseline takes them out:",
                 {.indent = 2, .width = options.width});
  for (std::size_t i = 0; i < std::min(baseline.gone.size(), most_gone_lines); ++i) {
    append_wrapped(out, baseline.gone[i], {.indent = 6, .width = options.width, .first_indent = 4, .hanging = true});
  }
  if (baseline.gone.size() > most_gone_lines) {
    append_wrapped(out,
                   "and " + std::to_string(baseline.gone.size() - most_gone_lines) + " more (--format json lists all)",
                   {.indent = 4, .width = options.width});
  }
}

void append_verdicts(std::string& out, const ScanResult& result, const ReportOptions& options) {
  const policy::ControlCount verdicts = totals_of(result).verdicts;
  std::string text = std::to_string(verdicts.fail) + " failed, " + std::to_string(verdicts.pass) + " passed, " +
                     std::to_string(verdicts.not_applicable) + " not applicable, " +
                     std::to_string(verdicts.not_evaluated) + " not evaluated";
  if (verdicts.accepted != 0) text += ", " + std::to_string(verdicts.accepted) + " accepted";
  if (verdicts.error != 0) text += ", " + counted(verdicts.error, "error", "errors");
  append_wrapped(out, text, {.indent = 2, .width = options.width});
  if (result.baseline) append_baseline(out, *result.baseline, options);
  if (result.ignored_annotations != 0) {
    append_wrapped(out,
                   "--strict: the exceptions in annotations of " +
                       counted(result.ignored_annotations, "object", "objects") + " were ignored",
                   {.indent = 2, .width = options.width});
  }
  if (result.decided_by_closed_world == 0) return;
  append_wrapped(out,
                 "--closed-world would decide " + counted(result.decided_by_closed_world, "verdict", "verdicts") +
                     ": it says that the input is everything there is",
                 {.indent = 2, .width = options.width});
}

std::string objects_and_controls(const ScanResult& result) {
  std::string text = counted(result.snapshot->objects().size(), "object", "objects");
  if (result.judged_by_owner != 0) {
    text += " (" + std::to_string(result.judged_by_owner) + " of them judged with the workload that made them)";
  }
  return text + ", " + counted(result.controls.size(), "control", "controls");
}

}  // namespace

void append_summary(Writer& writer, const ScanResult& result, const ReportOptions& options, const Style& style) {
  if (!options.summary_only) append_not_evaluated(writer, result, options, style);
  append_title(writer.text(), style, "Summary");
  append_wrapped(writer.text(), objects_and_controls(result), {.indent = 2, .width = options.width});
  append_table(writer.text(), result, style);
  append_verdicts(writer.text(), result, options);
  append_framework_scores(writer.text(), options.frameworks, options.width);
  append_coverage(writer, *result.snapshot, options, style);
}

}  // namespace kastell::report
