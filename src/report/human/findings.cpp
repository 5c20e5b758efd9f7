#include "report/human/findings.h"

#include <algorithm>
#include <span>

#include "report/formats.h"
#include "report/human/excerpt.h"
#include "report/redaction.h"
#include "report/wrap.h"
#include "report/written.h"

namespace kastell::report {

using policy::Control;
using policy::Finding;
using policy::FindingDetail;
using policy::ScanResult;
using policy::Verdict;

namespace {

constexpr std::size_t label_columns = 10;  // "critical  "

// Verdicts that have lines of their own; the others stand in the summary.
bool is_listed(const Finding& finding, bool all) {
  return finding.verdict == Verdict::fail || finding.verdict == Verdict::error ||
         (all && (finding.verdict == Verdict::pass || finding.verdict == Verdict::not_applicable));
}

class FindingsWriter {
 public:
  FindingsWriter(Writer& writer, const ScanResult& result, const ReportOptions& options, const Style& style)
      : writer_(writer),
        out_(writer.text()),
        result_(result),
        options_(options),
        style_(style),
        describer_(result),
        seen_(result.controls.size(), 0) {}

  void append() {
    const auto& findings = result_.findings;
    for (std::size_t begin = 0; begin < findings.size();) {
      std::size_t end = begin;
      while (end < findings.size() && findings[end].object == findings[begin].object) ++end;
      append_object(std::span(findings).subspan(begin, end - begin));
      writer_.leave();
      begin = end;
    }
    append_rest();
  }

 private:
  // Those of one object that are shown, the worst first.
  std::vector<Finding> chosen(std::span<const Finding> findings) {
    std::vector<Finding> result;
    for (const Finding& finding : findings) {
      if (!is_listed(finding, options_.all_verdicts)) continue;
      if (++seen_[finding.control] <= shown_at_all) result.push_back(finding);
    }
    std::ranges::stable_sort(result, std::ranges::greater{}, [this](const Finding& finding) {
      return std::pair(finding.verdict == Verdict::fail, control_of(finding).severity);
    });
    return result;
  }

  void append_object(std::span<const Finding> findings) {
    const std::vector<Finding> shown = chosen(findings);
    if (shown.empty()) return;
    const snapshot::Object& object = result_.object_of(findings.front());
    if (!document_was_shown_ || object.document != document_) {
      document_ = object.document;
      std::string name;
      append_visible(name, describer_.describe(findings.front()).source->name());
      out_ += document_was_shown_ ? "\n" : "";
      style_.append(out_, Look::file, name);
      out_ += '\n';
      document_was_shown_ = true;
    }
    std::string title;
    append_visible(title, identity_of(object));
    out_ += "\n  ";
    style_.append(out_, Look::bold, title);
    out_ += '\n';
    for (const Finding& finding : shown) append_finding(finding);
  }

  void append_finding(const Finding& finding) {
    const FindingDetail& detail = describer_.describe(finding);
    const Control& control = control_of(finding);
    append_headline(finding, control, detail);
    append_place(detail);
    if (detail.written) append_line("from ", written_text(*detail.written));
    if (const auto* key = values_key_of(finding, detail, options_)) append_line("set ", values_key_text(*key));
    const std::uint64_t number = ++shown_count(finding.control);
    if (finding.verdict == Verdict::fail && number <= shown_with_source) {
      append_excerpt(out_, detail, *result_.snapshot, style_, options_.width);
    }
    if (finding.verdict == Verdict::fail && number == 1) {
      append_paragraph("why: ", control.why);
      append_paragraph("fix: ", control.remediation);
    }
  }

  // "  critical  container app runs privileged [pod.privileged]"
  void append_headline(const Finding& finding, const Control& control, const FindingDetail& detail) {
    const bool failed = finding.verdict == Verdict::fail;
    std::string label(failed ? name_of(control.severity) : name_of(finding.verdict));
    out_ += "  ";
    style_.append(out_, failed ? Style::of(control.severity) : Look::bold, label);
    const std::size_t used = 2 + label.size();
    out_.append(label_columns + 2 > used ? label_columns + 2 - used : 2, ' ');
    const bool secret = is_secret(detail, result_.snapshot->symbols());
    std::string text(detail.message.empty() ? control.title : shown_message(detail, secret, scratch_));
    if (!detail.reason.empty()) text.append(" (").append(detail.reason).append(")");
    text.append(" [").append(control.id).append("]");
    append_wrapped(out_, text,
                   {.indent = label_columns + 2, .width = options_.width - label_columns - 2, .hanging = true});
  }

  void append_place(const FindingDetail& detail) {
    std::string text = detail.place.source;
    if (detail.place.line != 0) {
      text += ":" + std::to_string(detail.place.line) + ":" + std::to_string(detail.place.column);
    }
    if (!detail.field.empty()) text += "  " + detail.field;
    append_line("", text);
  }

  void append_line(std::string_view label, std::string_view text) {
    std::string shown(label);
    append_visible(shown, text);
    out_.append(label_columns + 2, ' ');
    style_.append(out_, Look::dim, shown);
    out_ += '\n';
  }

  void append_paragraph(std::string_view label, std::string_view text) {
    if (text.empty()) return;
    out_.append(label_columns + 2, ' ');
    style_.append(out_, Look::dim, label);
    const std::size_t indent = label_columns + 2 + label.size();
    append_wrapped(out_, text, {.indent = indent, .width = options_.width, .first_indent = 0, .hanging = true});
  }

  // What was counted but not shown.
  void append_rest() {
    bool first = true;
    for (std::size_t i = 0; i < seen_.size(); ++i) {
      if (seen_[i] <= shown_at_all) continue;
      out_ += first ? "\nmore of the same (--format json lists all)\n" : "";
      first = false;
      out_.append("  ").append(result_.controls[i]->id).append(": ");
      append_number(out_, seen_[i] - shown_at_all);
      out_ += " more\n";
    }
  }

  const Control& control_of(const Finding& finding) const { return *result_.controls[finding.control]; }
  std::uint64_t& shown_count(std::uint16_t control) {
    shown_.resize(result_.controls.size());
    return shown_[control];
  }

  Writer& writer_;
  std::string& out_;
  const ScanResult& result_;
  const ReportOptions& options_;
  const Style& style_;
  policy::Describer describer_;
  std::vector<std::uint64_t> seen_;   // listed findings so far, by control
  std::vector<std::uint64_t> shown_;  // of them written, by control
  std::uint32_t document_ = 0;
  bool document_was_shown_ = false;
  std::string scratch_;
};

}  // namespace

void append_findings(Writer& writer, const ScanResult& result, const ReportOptions& options, const Style& style) {
  FindingsWriter(writer, result, options, style).append();
}

}  // namespace kastell::report
