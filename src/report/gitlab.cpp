// GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
#include <algorithm>

#include "policy/fingerprint.h"
#include "report/formats.h"
#include "report/redaction.h"
#include "report/text/writer.h"
#include "report/wrap.h"
#include "report/written.h"

namespace kastell::report {

using policy::Control;
using policy::Finding;
using policy::FindingDetail;
using policy::ScanResult;
using policy::Verdict;

namespace {

constexpr std::array<std::string_view, 5> severities = {"info", "minor", "major", "critical", "blocker"};

// GitLab joins it with the repository's root.
std::string_view path_of(std::string_view file) {
  while (file.starts_with("./")) file.remove_prefix(2);
  return file;
}

struct Issue {
  std::string_view check, description, fingerprint, severity, file;
  std::uint32_t line = 0;
};

void append_issue(std::string& out, const Issue& issue) {
  out += "{\"type\":\"issue\",\"check_name\":";
  append_json_string(out, issue.check);
  out += ",\"description\":";
  append_json_string(out, issue.description);
  out += ",\"categories\":[\"Security\"],\"fingerprint\":";
  append_json_string(out, issue.fingerprint);
  out.append(",\"severity\":\"").append(issue.severity).append("\",\"location\":{\"path\":");
  append_json_string(out, path_of(issue.file));
  out += ",\"lines\":{\"begin\":";
  append_number(out, std::max<std::uint32_t>(1, issue.line));
  out += "}}}";
}

class IssueWriter {
 public:
  IssueWriter(const ScanResult& result, Writer& writer) : result_(result), writer_(writer), describer_(result) {}

  void append(const Finding& finding) {
    const FindingDetail& detail = describer_.describe(finding);
    const Control& control = *result_.controls[finding.control];
    const std::string fingerprint = fingerprinter_.next(control, detail).text();
    if (finding.verdict != Verdict::fail && finding.verdict != Verdict::error) return;
    const bool secret = is_secret(detail, result_.snapshot->symbols());
    std::string text = identity_of(*detail.object) + ": ";
    text += detail.message.empty() ? std::string_view(control.title) : shown_message(detail, secret, scratch_);
    if (!detail.reason.empty()) text.append(" (").append(detail.reason).append(")");
    if (detail.written) text.append(" (").append(rendered_text(detail)).append(")");
    std::string visible;
    append_visible(visible, text);
    const Place place = mending_place(detail);
    append({control.id, visible, fingerprint, severities[static_cast<std::size_t>(control.severity)], place.source,
            place.line});
  }

  // What could not be read blocks: there may be anything in it.
  void append(const snapshot::Coverage& entry) {
    const std::string check = "coverage/" + std::string(name_of(entry.status)), fingerprint = check + " " + entry.input;
    append({check, entry.reason, fingerprint, severities.back(), entry.input, entry.place.line});
  }

 private:
  void append(const Issue& issue) {
    writer_.text() += first_ ? "\n" : ",\n";
    first_ = false;
    append_issue(writer_.text(), issue);
    writer_.leave();
  }

  const ScanResult& result_;
  Writer& writer_;
  policy::Describer describer_;
  policy::Fingerprinter fingerprinter_;
  std::string scratch_;
  bool first_ = true;
};

}  // namespace

void write_gitlab(const ScanResult& result, const ReportOptions&, const Sink& sink) {
  Writer writer(sink);
  writer.text() += '[';
  IssueWriter issues(result, writer);
  for (const Finding& finding : result.findings) issues.append(finding);
  for (const snapshot::Coverage& entry : result.snapshot->coverage()) {
    if (is_unread(entry)) issues.append(entry);
  }
  writer.text() += "\n]\n";
}

}  // namespace kastell::report
