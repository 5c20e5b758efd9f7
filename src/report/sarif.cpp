// SARIF 2.1.0 (OASIS standard), as code scanning services read it.
#include <algorithm>
#include <vector>

#include "base/ascii.h"
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
using policy::Severity;
using policy::Verdict;
using snapshot::Coverage;
using snapshot::CoverageStatus;

namespace {

struct SeverityRow {
  std::string_view level;              // SARIF §3.27.10
  std::string_view security_severity;  // the number that GitHub sorts by
};
constexpr std::array<SeverityRow, 5> severity_rows = {{
    {"note", "0.0"},     // info
    {"note", "3.0"},     // low
    {"warning", "5.0"},  // medium
    {"error", "7.5"},    // high
    {"error", "9.5"},    // critical
}};
const SeverityRow& row_of(Severity severity) {
  return severity_rows[static_cast<std::size_t>(severity)];
}

// SARIF §3.27.9
std::string_view kind_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return "pass";
    case Verdict::not_applicable: return "notApplicable";
    case Verdict::not_evaluated:
    case Verdict::error: return "open";
    case Verdict::fail:
    case Verdict::accepted: break;
  }
  return "fail";
}

void append_text_member(std::string& out, std::string_view key, std::string_view text) {
  out.append("\"").append(key).append("\":{\"text\":");
  append_json_string(out, text);
  out += '}';
}

// A path as a URI reference (RFC 3986): everything but unreserved characters and '/' percent-encoded.
void append_uri(std::string& out, std::string_view path) {
  static constexpr char digits[] = "0123456789ABCDEF";
  if (path.starts_with('/')) out += "file://";
  while (path.starts_with("./")) path.remove_prefix(2);
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = is_alphanumeric(c);
    if (letter || std::string_view("-._~/").find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
}

struct Region {
  std::uint32_t line = 0, column = 0;  // 1-based
  std::uint32_t end_column = 0;        // 0: not known
};

void append_location(std::string& out, std::string_view file, const Region& region) {
  out += "{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"";
  append_uri(out, file);
  out += "\"}";
  if (region.line != 0) {
    out += ",\"region\":{\"startLine\":";
    append_number(out, region.line);
    out += ",\"startColumn\":";
    append_number(out, region.column);
    if (region.end_column != 0) {
      out += ",\"endColumn\":";
      append_number(out, region.end_column);
    }
    out += '}';
  }
  out += '}';
}

void append_tags(std::string& out, const Control& control) {
  out += "\"tags\":[\"security\",\"kubernetes\"";
  for (const auto& [framework, rows] : control.references) {
    for (const std::string_view row : rows) {
      out += ',';
      append_json_string(out, std::string(framework).append("/").append(row));
    }
  }
  out += ']';
}

void append_rule(std::string& out, const Control& control) {
  out += "{\"id\":";
  append_json_string(out, control.id);
  out += ',';
  append_text_member(out, "shortDescription", control.title);
  out += ',';
  append_text_member(out, "fullDescription", control.why.empty() ? control.title : control.why);
  out += ',';
  append_text_member(out, "help", control.remediation.empty() ? control.title : control.remediation);
  out.append(",\"defaultConfiguration\":{\"level\":\"").append(row_of(control.severity).level);
  out.append("\"},\"properties\":{\"security-severity\":\"").append(row_of(control.severity).security_severity);
  out += "\",";
  append_tags(out, control);
  out += "}}";
}

class ResultWriter {
 public:
  ResultWriter(const ScanResult& result, const ReportOptions& options)
      : result_(result), options_(options), describer_(result) {}

  void append(std::string& out, const Finding& finding) {
    const FindingDetail& detail = describer_.describe(finding);
    const Control& control = *result_.controls[finding.control];
    const document::Source& source = *detail.source;
    out += "{\"ruleId\":";
    append_json_string(out, control.id);
    out += ",\"ruleIndex\":";
    append_number(out, finding.control);
    const std::string_view kind = kind_of(finding.verdict);
    out.append(",\"kind\":\"").append(kind).append("\",\"level\":\"");
    out.append(kind == "fail" ? row_of(control.severity).level : "none").append("\",");
    append_text_member(out, "message", message_of(control, detail) + mending_of(finding, detail));
    out += ",\"locations\":[";
    if (detail.written) {  // a file that there is
      const Place& place = detail.written->place;
      append_location(out, place.source, Region{place.line, place.column, 0});
    } else {
      append_location(out, source.name(), region_of(detail, source));
    }
    out += ",\"logicalLocations\":[{\"fullyQualifiedName\":";
    append_json_string(out, identity_of(*detail.object) + " " + detail.field);
    out += ",\"kind\":\"resource\"}]}]";
    append_fingerprints(out, fingerprinter_.next(control, detail));
    if (finding.verdict == Verdict::accepted) append_suppression(out, detail);
    if (result_.baseline && finding.verdict == Verdict::fail) {
      out.append(",\"baselineState\":\"").append(result_.is_new(finding) ? "new" : "unchanged").append("\"");
    }
    out += '}';
  }

 private:
  std::string message_of(const Control& control, const FindingDetail& detail) {
    const bool secret = is_secret(detail, result_.snapshot->symbols());
    std::string text(identity_of(*detail.object));
    text.append(": ").append(detail.message.empty() ? std::string_view(control.title)
                                                    : shown_message(detail, secret, scratch_));
    if (!detail.reason.empty()) text.append(" (").append(detail.reason).append(")");
    std::string visible;
    append_visible(visible, text);
    return visible;
  }

  // " (line 12 of charts/web as rendered; set image.tag …)"
  std::string mending_of(const Finding& finding, const FindingDetail& detail) const {
    if (!detail.written) return {};
    std::string text = " (" + rendered_text(detail);
    if (const auto* key = values_key_of(finding, detail, options_)) text += "; set " + values_key_text(*key);
    std::string visible;
    append_visible(visible, text += ')');
    return visible;
  }

  static Region region_of(const FindingDetail& detail, const document::Source& source) {
    // A snapshot file keeps no text, and then there is no end.
    const std::string_view text = source.text().substr(std::min<std::size_t>(detail.offset, source.text().size()));
    const std::string_view token = text.substr(0, token_length(source, detail.offset));
    const auto columns = static_cast<std::uint32_t>(count_code_points(token));
    return {detail.place.line, detail.place.column, columns == 0 ? 0 : detail.place.column + columns};
  }

  // GitHub's code scanning knows results by the first of them, and makes it from source lines where there is none.
  static void append_fingerprints(std::string& out, const policy::Fingerprint& fingerprint) {
    out += ",\"partialFingerprints\":{\"primaryLocationLineHash\":\"" + fingerprint.text() + "\"";
    out += ",\"kastell/v1\":\"" + fingerprint.hash_text() + "\"}";
  }

  static void append_suppression(std::string& out, const FindingDetail& detail) {
    out += ",\"suppressions\":[{\"kind\":\"external\",\"status\":\"accepted\",\"justification\":";
    append_json_string(out, detail.reason);
    out += "}]";
  }

  const ScanResult& result_;
  const ReportOptions& options_;
  policy::Describer describer_;
  policy::Fingerprinter fingerprinter_;
  std::string scratch_;
};

std::string_view level_of(CoverageStatus status) {
  return status == CoverageStatus::skipped || status == CoverageStatus::absent ? "note" : "error";
}

// What could not be read is said as a notification of the run (§3.58).
void append_notification(std::string& out, const Coverage& entry) {
  out.append("{\"descriptor\":{\"id\":\"coverage/").append(name_of(entry.status)).append("\"},\"level\":\"");
  out.append(level_of(entry.status)).append("\",");
  append_text_member(out, "message", entry.reason);
  out += ",\"locations\":[";
  append_location(out, entry.input, {entry.place.line, entry.place.column, 0});
  out += "}]}";
}

void append_invocation(Writer& writer, const snapshot::Snapshot& snapshot) {
  std::string& out = writer.text();
  out += "\"invocations\":[{\"executionSuccessful\":";
  out += snapshot.is_complete() ? "true" : "false";
  out += ",\"toolExecutionNotifications\":[";
  for (const Coverage& entry : snapshot.coverage()) {
    if (entry.status == CoverageStatus::read) continue;
    out += out.ends_with('[') ? "\n" : ",\n";
    append_notification(out, entry);
    writer.leave();
  }
  out += "]}],\n";
}

}  // namespace

void write_sarif(const ScanResult& result, const ReportOptions& options, const Sink& sink) {
  Writer writer(sink);
  std::string& out = writer.text();
  out +=
      "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",\n"
      "\"version\":\"2.1.0\",\n\"runs\":[{\n\"tool\":{\"driver\":{\"name\":\"kastell\",\"version\":";
  append_json_string(out, options.tool_version);
  out += ",\"rules\":[";
  for (const Control* control : result.controls) {
    out += control == result.controls.front() ? "\n" : ",\n";
    append_rule(out, *control);
    writer.leave();
  }
  out += "]}},\n\"columnKind\":\"unicodeCodePoints\",\n";
  append_invocation(writer, *result.snapshot);
  out += "\"results\":[";
  ResultWriter results(result, options);
  for (const Finding& finding : result.findings) {
    out += &finding == result.findings.data() ? "\n" : ",\n";
    results.append(out, finding);
    writer.leave();
  }
  out += "]\n}]}\n";
}

}  // namespace kastell::report
