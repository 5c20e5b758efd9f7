// The JSON report, schema "kastell.report/v1" (docs/json-report.md). A finding is mostly text that its
// control and object settle beforehand: that text is made once and copied.
#include <algorithm>
#include <vector>

#include "report/formats.h"
#include "report/framework_scores.h"
#include "report/redaction.h"
#include "report/text/writer.h"
#include "report/written.h"

namespace kastell::report {

using policy::Control;
using policy::ControlCount;
using policy::Finding;
using policy::FindingDetail;
using policy::ScanResult;
using policy::Verdict;

namespace {

// What every finding of a control begins and ends with.
struct ControlText {
  std::string begin;  // {"control":…,"title":…,"severity":…,"verdict":"
  std::string end;    // ,"remediation":…,"references":{…}}
};

void append_key(std::string& out, std::string_view key) {
  out.append("\"").append(key).append("\":");
}

void append_member(std::string& out, std::string_view key, std::string_view value) {
  append_key(out, key);
  append_json_string(out, value);
  out += ',';
}

void append_references(std::string& out, const Control& control) {
  out += '{';
  for (const auto& [framework, rows] : control.references) {
    if (out.back() != '{') out += ',';
    append_json_string(out, framework);
    out += ":[";
    for (const std::string_view row : rows) {
      if (out.back() != '[') out += ',';
      append_json_string(out, row);
    }
    out += ']';
  }
  out += '}';
}

ControlText text_of(const Control& control) {
  ControlText text{"{", ","};
  append_member(text.begin, "control", control.id);
  append_member(text.begin, "title", control.title);
  append_member(text.begin, "severity", name_of(control.severity));
  text.begin += "\"verdict\":\"";
  append_member(text.end, "remediation", control.remediation);
  append_key(text.end, "references");
  append_references(text.end, control);
  text.end += '}';
  return text;
}

void append_also(std::string& out, const std::vector<std::string>& fields) {
  if (fields.empty()) return;
  out += "\"also\":[";
  for (const std::string& field : fields) {
    if (&field != fields.data()) out += ',';
    append_json_string(out, field);
  }
  out += "],";
}

class FindingWriter {
 public:
  FindingWriter(const ScanResult& result, const ReportOptions& options)
      : result_(result), options_(options), symbols_(result.snapshot->symbols()), describer_(result) {
    controls_.resize(result.controls.size());
  }

  void append(std::string& out, const Finding& finding) {
    const FindingDetail& detail = describer_.describe(finding);
    const ControlText& control = text_of_control(finding.control);
    if (finding.object != object_) remember_object(finding.object, detail);
    out.append(control.begin).append(name_of(finding.verdict)).append("\",");
    if (result_.baseline && finding.verdict == Verdict::fail) {
      append_member(out, "baseline", result_.is_new(finding) ? "new" : "known");
    }
    append_member(out, "reason", detail.reason);
    if (const policy::Exception* exception = result_.acceptance_of(finding)) append_exception(out, *exception);
    out += resource_;
    if (!detail.container.empty()) append_member(out, "container", detail.container);
    append_member(out, "field", detail.field);
    append_also(out, detail.also);
    append_value(out, detail);
    out.append(file_);
    append_place(out, detail.place);
    out += '}';
    if (detail.written) append_written(out, *detail.written);
    if (const auto* key = values_key_of(finding, detail, options_)) append_values_key(out, *key);
    out += ",\"message\":";
    append_json_string(out, shown_message(detail, is_secret_, scratch_));
    out += control.end;
  }

 private:
  static constexpr snapshot::ObjectId no_object = ~snapshot::ObjectId{0};

  // Made when a finding first asks for it: of most controls there is none.
  const ControlText& text_of_control(std::size_t number) {
    ControlText& text = controls_[number];
    if (text.begin.empty()) text = text_of(*result_.controls[number]);
    return text;
  }

  void remember_object(snapshot::ObjectId id, const FindingDetail& detail) {
    const snapshot::Object& object = *detail.object;
    object_ = id;
    resource_ = "\"resource\":{";
    append_member(resource_, "apiVersion", object.api_version);
    append_member(resource_, "kind", object.kind);
    append_member(resource_, "namespace", object.name_space);
    append_member(resource_, "name", object.name);
    resource_.back() = '}';
    resource_ += ',';
    file_ = ",\"location\":{";
    append_member(file_, "file", detail.source->name());
  }

  // A cluster has no lines.
  static void append_place(std::string& out, const Place& place) {
    if (place.line == 0) {
      out.pop_back();
      return;
    }
    out += "\"line\":";
    append_number(out, place.line);
    out += ",\"column\":";
    append_number(out, place.column);
  }

  // Where a rendered line was written.
  static void append_written(std::string& out, const snapshot::WrittenPlace& written) {
    out += ",\"template\":{";
    append_member(out, "file", written.place.source);
    append_place(out, written.place);
    out.append(",\"nearness\":\"").append(name_of(written.nearness)).append("\"}");
  }

  static void append_values_key(std::string& out, const snapshot::ValuesKey& key) {
    out += ",\"values\":{";
    append_member(out, "key", key.key);
    append_member(out, "file", key.place.source);
    append_place(out, key.place);
    if (!key.others.empty()) {
      out += ",\"others\":[";
      for (const std::string& other : key.others) {
        if (out.back() != '[') out += ',';
        append_json_string(out, other);
      }
      out += ']';
    }
    out += '}';
  }

  void append_value(std::string& out, const FindingDetail& detail) {
    append_key(out, "value");
    is_secret_ = is_secret(detail, symbols_);
    if (detail.value == nullptr) {
      out += "null";
    } else if (is_secret_) {
      append_json_string(out, redacted);
    } else {
      append_json(out, *detail.value, symbols_);
    }
  }

  // By whom and until when it is accepted.
  static void append_exception(std::string& out, const policy::Exception& exception) {
    append_key(out, "exception");
    out += '{';
    append_member(out, "owner", exception.owner);
    append_member(out, "reason", exception.reason);
    if (exception.until) append_member(out, "until", policy::day_text(*exception.until));
    if (!exception.ticket.empty()) append_member(out, "ticket", exception.ticket);
    out.back() = '}';
    out += ',';
  }

  const ScanResult& result_;
  const ReportOptions& options_;
  const SymbolTable& symbols_;
  policy::Describer describer_;
  std::vector<ControlText> controls_;
  snapshot::ObjectId object_ = no_object;
  std::string resource_, file_;  // of object_
  bool is_secret_ = false;       // the value of the finding at hand
  std::string scratch_;
};

void append_count(std::string& out, const ControlCount& count) {
  const std::pair<Verdict, std::uint64_t> counts[] = {
      {Verdict::pass, count.pass},
      {Verdict::fail, count.fail},
      {Verdict::not_applicable, count.not_applicable},
      {Verdict::not_evaluated, count.not_evaluated},
      {Verdict::accepted, count.accepted},
      {Verdict::error, count.error},
  };
  for (const auto& [verdict, number] : counts) {
    append_key(out, name_of(verdict));
    append_number(out, number);
    out += ',';
  }
  out.pop_back();
}

void append_coverage(Writer& writer, const snapshot::Snapshot& snapshot, std::string_view separator) {
  std::string_view between = "";
  for (const snapshot::Coverage& entry : snapshot.coverage()) {
    std::string& out = writer.text();
    out.append(between).append(separator).append("{");
    append_member(out, "input", entry.input);
    append_member(out, "status", name_of(entry.status));
    append_member(out, "reason", entry.reason);
    out.pop_back();
    if (entry.place.line != 0) {
      out += ",\"location\":{";
      append_member(out, "file", entry.input);
      out += "\"line\":";
      append_number(out, entry.place.line);
      out += ",\"column\":";
      append_number(out, entry.place.column);
      out += '}';
    }
    out += '}';
    between = ",";
    writer.leave();
  }
}

// What a cluster's API server said of itself; nothing for files.
void append_facts(std::string& out, const snapshot::Snapshot& snapshot, std::string_view separator) {
  if (snapshot.facts().empty()) return;
  out += "\"facts\":{";
  for (const snapshot::Fact& fact : snapshot.facts()) {
    out += &fact == snapshot.facts().data() ? "" : ",";
    append_key(out, fact.name);
    append_json_string(out, fact.value);
  }
  out.append("},").append(separator);
}

void append_severities(std::string& out, const Totals& totals) {
  append_key(out, "severities");
  out += '{';
  for (std::size_t i = totals.failed_by_severity.size(); i-- > 0;) {
    append_key(out, name_of(static_cast<policy::Severity>(i)));
    append_number(out, totals.failed_by_severity[i]);
    out += i == 0 ? '}' : ',';
  }
}

void append_baseline(Writer& writer, const policy::BaselineResult& baseline, std::string_view separator) {
  std::string& out = writer.text();
  out += ",\"baseline\":{\"known\":";
  append_number(out, baseline.all_known);
  out += ",\"new\":";
  append_number(out, baseline.all_new);
  out += ",\"gone\":[";
  for (const std::string& entry : baseline.gone) {
    out.append(&entry == baseline.gone.data() ? "" : ",").append(separator);
    append_json_string(out, entry);
    writer.leave();
  }
  out += "]}";
}

void append_summary(Writer& writer, const ScanResult& result, const ReportOptions& options,
                    std::string_view separator) {
  const Totals totals = totals_of(result);
  std::string& out = writer.text();
  out += "\"summary\":{\"objects\":";
  append_number(out, result.snapshot->objects().size());
  out += ",\"complete\":";
  out += result.snapshot->is_complete() ? "true" : "false";
  out += ",\"verdicts\":{";
  append_count(out, totals.verdicts);
  out += "},";
  append_severities(out, totals);
  out += ",\"decidedByClosedWorld\":";
  append_number(out, result.decided_by_closed_world);
  if (result.judged_by_owner != 0) {
    out += ",\"judgedByOwner\":";
    append_number(out, result.judged_by_owner);
  }
  if (result.ignored_annotations != 0) {
    out += ",\"ignoredAnnotations\":";
    append_number(out, result.ignored_annotations);
  }
  if (result.baseline) append_baseline(writer, *result.baseline, separator);
  out += ",\"controls\":[";
  for (std::size_t i = 0; i < result.controls.size(); ++i) {
    out.append(i == 0 ? "" : ",").append(separator).append("{");
    append_member(out, "control", result.controls[i]->id);
    append_count(out, result.counts[i]);
    out += '}';
    writer.leave();
  }
  out += ']';
  append_framework_scores_json(out, options.frameworks);
  out += '}';
}

}  // namespace

void write_json(const ScanResult& result, const ReportOptions& options, const Sink& sink) {
  const std::string_view separator = options.one_line ? "" : "\n";
  Writer writer(sink);
  std::string& out = writer.text();
  out += "{\"schema\":\"kastell.report/v1\",\"tool\":{\"name\":\"kastell\",\"version\":";
  append_json_string(out, options.tool_version);
  out.append("},").append(separator).append("\"results\":[");
  FindingWriter findings(result, options);
  for (const Finding& finding : result.findings) {
    out.append(&finding == result.findings.data() ? "" : ",").append(separator);
    findings.append(out, finding);
    writer.leave();
  }
  out.append("],").append(separator);
  append_facts(out, *result.snapshot, separator);
  out += "\"coverage\":[";
  append_coverage(writer, *result.snapshot, separator);
  out.append("],").append(separator);
  append_summary(writer, result, options, separator);
  out.append("}").append(separator);
}

}  // namespace kastell::report
