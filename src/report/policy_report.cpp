// PolicyReports (wgpolicyk8s.io/v1alpha2), as a List for `kubectl apply -f -`: one for each namespace, and a
// ClusterPolicyReport for what has none. An object of a cluster may hold some 1.5 MB (etcd), so each is bounded and
// says how many results it leaves out; its summary counts all.
#include <algorithm>
#include <map>
#include <span>

#include "report/formats.h"
#include "report/redaction.h"
#include "report/text/writer.h"
#include "report/wrap.h"

namespace kastell::report {

using policy::Control;
using policy::Finding;
using policy::FindingDetail;
using policy::ScanResult;
using policy::Verdict;

namespace {

constexpr std::size_t most_results = 1000;    // of one report
constexpr std::size_t longest_message = 500;  // bytes

// How the API spells a verdict (PolicyResult).
enum class Outcome : std::uint8_t { pass, fail, warn, error, skip };
constexpr std::array<std::string_view, 5> outcome_names = {"pass", "fail", "warn", "error", "skip"};

Outcome outcome_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return Outcome::pass;
    case Verdict::fail: return Outcome::fail;
    case Verdict::error: return Outcome::error;
    case Verdict::accepted:
    case Verdict::not_evaluated:
    case Verdict::not_applicable: break;
  }
  return Outcome::skip;
}

struct Report {
  std::vector<const Finding*> findings;
  std::array<std::uint64_t, outcome_names.size()> counts{};
};

// By namespace; the empty one is the cluster's.
std::map<std::string, Report> by_namespace(const ScanResult& result) {
  std::map<std::string, Report> reports;
  for (const Finding& finding : result.findings) {
    const snapshot::Object& object = result.object_of(finding);
    const bool cluster = snapshot::is_cluster_scoped(object.group(), object.kind) ||
                         result.unseen_of(finding) != nullptr || object.kind == "ExceptionList";
    Report& report = reports[cluster ? std::string{} : std::string(object.effective_namespace())];
    report.findings.push_back(&finding);
    ++report.counts[static_cast<std::size_t>(outcome_of(finding.verdict))];
  }
  return reports;
}

// Failures first, the worst of them before all.
void keep_worst(Report& report, const ScanResult& result) {
  std::ranges::stable_sort(report.findings, std::ranges::greater{}, [&result](const Finding* finding) {
    return std::pair(finding->verdict == Verdict::fail, result.controls[finding->control]->severity);
  });
  report.findings.resize(std::min(report.findings.size(), most_results));
}

std::string cut(std::string_view text) {
  std::size_t end = std::min(text.size(), longest_message);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  std::string visible;
  append_visible(visible, text.substr(0, end));
  return visible + (end < text.size() ? "…" : "");
}

class ReportWriter {
 public:
  ReportWriter(const ScanResult& result, Writer& writer) : result_(result), writer_(writer), describer_(result) {}

  void append(const std::string& name_space, Report& report) {
    std::string& out = writer_.text();
    const bool cluster = name_space.empty();
    out += "{\"apiVersion\":\"wgpolicyk8s.io/v1alpha2\",\"kind\":\"";
    out += cluster ? "ClusterPolicyReport" : "PolicyReport";
    out += "\",\"metadata\":{\"name\":\"kastell\"";
    if (!cluster) append_member(",\"namespace\":", name_space);
    out += ",\"labels\":{\"app.kubernetes.io/managed-by\":\"kastell\"}";
    const std::size_t all = report.findings.size();
    keep_worst(report, result_);
    if (all > report.findings.size()) {
      out += ",\"annotations\":{\"reports.kastell.dev/left-out\":\"" + std::to_string(all - report.findings.size()) +
             "\"}";
    }
    out += "},\n\"summary\":{";
    for (std::size_t i = 0; i < outcome_names.size(); ++i) {
      out.append(i == 0 ? "\"" : ",\"").append(outcome_names[i]).append("\":");
      append_number(out, report.counts[i]);
    }
    out += "},\n\"results\":[";
    for (const Finding* finding : report.findings) {
      out += finding == report.findings.front() ? "\n" : ",\n";
      append_result(*finding);
      writer_.leave();
    }
    out += "]}";
  }

 private:
  void append_member(std::string_view key, std::string_view value) {
    writer_.text() += key;
    append_json_string(writer_.text(), value);
  }

  void append_result(const Finding& finding) {
    const FindingDetail& detail = describer_.describe(finding);
    const Control& control = *result_.controls[finding.control];
    const bool secret = is_secret(detail, result_.snapshot->symbols());
    const std::string_view message = detail.message.empty() ? control.title : shown_message(detail, secret, scratch_);
    append_member("{\"source\":\"kastell\",\"policy\":", control.id);
    append_member(",\"category\":", std::string_view(control.id).substr(0, control.id.find('.')));
    append_member(",\"severity\":", name_of(control.severity));
    append_member(",\"result\":", outcome_names[static_cast<std::size_t>(outcome_of(finding.verdict))]);
    append_member(",\"message\":", cut(message));
    append_object(*detail.object);
    append_properties(finding, detail);
    writer_.text() += '}';
  }

  void append_object(const snapshot::Object& object) {
    append_member(",\"resources\":[{\"apiVersion\":", object.api_version);
    append_member(",\"kind\":", object.kind);
    const bool cluster = snapshot::is_cluster_scoped(object.group(), object.kind);
    if (!cluster) append_member(",\"namespace\":", object.effective_namespace());
    append_member(",\"name\":", object.name);
    writer_.text() += "}]";
  }

  void append_properties(const Finding& finding, const FindingDetail& detail) {
    append_member(",\"properties\":{\"verdict\":", name_of(finding.verdict));
    if (!detail.reason.empty()) append_member(",\"reason\":", cut(detail.reason));
    if (!detail.container.empty()) append_member(",\"container\":", detail.container);
    append_member(",\"field\":", detail.field);
    std::string place = detail.source->name();
    if (detail.place.line != 0) place += ":" + std::to_string(detail.place.line);
    append_member(",\"location\":", place);
    writer_.text() += '}';
  }

  const ScanResult& result_;
  Writer& writer_;
  policy::Describer describer_;
  std::string scratch_;
};

}  // namespace

void write_policy_report(const ScanResult& result, const ReportOptions&, const Sink& sink) {
  Writer writer(sink);
  writer.text() += "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[";
  auto reports = by_namespace(result);
  ReportWriter one(result, writer);
  bool first = true;
  for (auto& [name_space, report] : reports) {
    writer.text() += first ? "\n" : ",\n";
    first = false;
    one.append(name_space, report);
  }
  writer.text() += "\n]}\n";
}

}  // namespace kastell::report
