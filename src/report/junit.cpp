// JUnit XML, as CI servers read it: a test suite per file, a test case per finding.
#include <algorithm>
#include <vector>

#include "report/formats.h"
#include "report/redaction.h"
#include "report/text/writer.h"

namespace kastell::report {

using policy::Control;
using policy::Finding;
using policy::FindingDetail;
using policy::ScanResult;
using policy::Verdict;
using snapshot::Coverage;

namespace {

// Escapes for attributes and text alike. XML 1.0 has no way to write most control characters (§2.2): U+FFFD.
void append_xml(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\n': out += "&#10;"; break;
      case '\t': out += "&#9;"; break;
      case '\r': out += "&#13;"; break;
      default: out += static_cast<unsigned char>(c) < 0x20 ? "\xEF\xBF\xBD" : std::string_view(&c, 1);
    }
  }
}

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out.append(" ").append(name).append("=\"");
  append_xml(out, value);
  out += '"';
}

void append_attribute(std::string& out, std::string_view name, std::uint64_t value) {
  append_attribute(out, name, std::to_string(value));
}

struct SuiteCounts {
  std::uint64_t tests = 0, failures = 0, errors = 0, skipped = 0;

  void add(Verdict verdict) {
    ++tests;
    failures += verdict == Verdict::fail ? 1 : 0;
    errors += verdict == Verdict::error ? 1 : 0;
    const bool open = verdict == Verdict::not_evaluated || verdict == Verdict::not_applicable;
    skipped += open || verdict == Verdict::accepted ? 1 : 0;
  }
  void add(const SuiteCounts& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
  }
};

void append_counts(std::string& out, const SuiteCounts& counts) {
  append_attribute(out, "tests", counts.tests);
  append_attribute(out, "failures", counts.failures);
  append_attribute(out, "errors", counts.errors);
  append_attribute(out, "skipped", counts.skipped);
}

class CaseWriter {
 public:
  explicit CaseWriter(const ScanResult& result) : result_(result), describer_(result) {}

  void append(std::string& out, const Finding& finding) {
    const FindingDetail& detail = describer_.describe(finding);
    const Control& control = *result_.controls[finding.control];
    const std::string& file = detail.source->name();
    out += "    <testcase";
    append_attribute(out, "name", std::string(control.id) + " " + detail.field);
    append_attribute(out, "classname", identity_of(*detail.object));
    append_attribute(out, "file", file);
    if (detail.place.line != 0) append_attribute(out, "line", detail.place.line);
    append_outcome(out, finding.verdict, control, detail);
  }

  const document::Source& source_of(const Finding& finding) { return *describer_.describe(finding).source; }

 private:
  void append_outcome(std::string& out, Verdict verdict, const Control& control, const FindingDetail& detail) {
    if (verdict == Verdict::pass) {
      out += "/>\n";
      return;
    }
    const bool failed = verdict == Verdict::fail, broken = verdict == Verdict::error;
    const std::string_view element = failed ? "failure" : broken ? "error" : "skipped";
    const bool secret = is_secret(detail, result_.snapshot->symbols());
    const std::string_view message =
        failed || detail.reason.empty() ? shown_message(detail, secret, scratch_) : detail.reason;
    out.append(">\n      <").append(element);
    append_attribute(out, "message", message);
    if (failed) append_attribute(out, "type", name_of(control.severity));
    if (element == "skipped") {
      out += "/>\n    </testcase>\n";
      return;
    }
    out += '>';
    append_xml(out,
               to_string(Error{ErrorCode::syntax, std::string(control.title) + "\n" + std::string(control.remediation),
                               detail.place}));
    out.append("</").append(element).append(">\n    </testcase>\n");
  }

  const ScanResult& result_;
  policy::Describer describer_;
  std::string scratch_;
};

// Findings come by object in input order, so those of one file are a run.
class SuiteRuns {
 public:
  explicit SuiteRuns(const ScanResult& result) {
    const auto& findings = result.findings;
    for (std::size_t begin = 0; begin < findings.size();) {
      const std::uint32_t document = document_of(result, findings[begin]);
      std::size_t end = begin;
      SuiteCounts counts;
      for (; end < findings.size() && document_of(result, findings[end]) == document; ++end) {
        counts.add(findings[end].verdict);
      }
      runs_.push_back({begin, end, counts});
      begin = end;
    }
  }

  struct Run {
    std::size_t begin, end;  // findings
    SuiteCounts counts;
  };
  const std::vector<Run>& runs() const { return runs_; }

 private:
  static std::uint32_t document_of(const ScanResult& result, const Finding& finding) {
    return result.object_of(finding).document;
  }
  std::vector<Run> runs_;
};

void append_suite_begin(std::string& out, std::string_view name, const SuiteCounts& counts) {
  out += "  <testsuite";
  append_attribute(out, "name", name);
  append_counts(out, counts);
  out += ">\n";
}

void append_coverage_suite(Writer& writer, const snapshot::Snapshot& snapshot, const SuiteCounts& counts) {
  std::string& out = writer.text();
  append_suite_begin(out, "coverage", counts);
  for (const Coverage& entry : snapshot.coverage()) {
    if (!is_unread(entry)) continue;
    out += "    <testcase name=\"readable\" classname=\"coverage\"";
    append_attribute(out, "file", entry.input);
    out += ">\n      <error";
    append_attribute(out, "type", name_of(entry.status));
    append_attribute(out, "message", to_string(Error{ErrorCode::syntax, entry.reason, entry.place}));
    out += "/>\n    </testcase>\n";
    writer.leave();
  }
  out += "  </testsuite>\n";
}

}  // namespace

void write_junit(const ScanResult& result, const ReportOptions&, const Sink& sink) {
  const SuiteRuns suites(result);
  SuiteCounts coverage, all;
  for (const Coverage& entry : result.snapshot->coverage()) {
    if (is_unread(entry)) coverage.add(Verdict::error);
  }
  for (const auto& run : suites.runs()) all.add(run.counts);
  all.add(coverage);

  Writer writer(sink);
  std::string& out = writer.text();
  out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"kastell\"";
  append_counts(out, all);
  out += ">\n";
  CaseWriter cases(result);
  for (const auto& run : suites.runs()) {
    append_suite_begin(out, cases.source_of(result.findings[run.begin]).name(), run.counts);
    for (std::size_t i = run.begin; i < run.end; ++i) {
      cases.append(out, result.findings[i]);
      writer.leave();
    }
    out += "  </testsuite>\n";
  }
  if (coverage.tests != 0) append_coverage_suite(writer, *result.snapshot, coverage);
  out += "</testsuites>\n";
}

}  // namespace kastell::report
