// Findings: a list of disclosures, which open without any script.

#include <algorithm>

#include "report/formats.h"
#include "report/html/escape.h"
#include "report/html/excerpt.h"
#include "report/html/sections.h"
#include "report/redaction.h"
#include "report/written.h"

namespace kastell::report {

using policy::Control;
using policy::Finding;
using policy::FindingDetail;
using policy::ScanResult;
using policy::Severity;
using policy::Verdict;

namespace {

// Failures, then what is broken, then what somebody answers for, then the rest.
unsigned rank(Verdict verdict) {
  switch (verdict) {
    case Verdict::fail: return 0;
    case Verdict::error: return 1;
    case Verdict::accepted: return 2;
    case Verdict::not_evaluated: return 3;
    case Verdict::pass: return 4;
    case Verdict::not_applicable: break;
  }
  return 5;
}

std::string_view namespace_of(const snapshot::Object& object) {
  if (snapshot::is_cluster_scoped(object.group(), object.kind)) return "(cluster)";
  return object.effective_namespace();
}

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out.append(" data-").append(name).append("=\"");
  append_html(out, value);
  out += '"';
}

class FindingWriter {
 public:
  FindingWriter(const ScanResult& result, std::string& out) : result_(result), out_(out), describer_(result) {}

  void append(const Finding& finding) {
    const FindingDetail& detail = describer_.describe(finding);
    const Control& control = *result_.controls[finding.control];
    is_secret_ = is_secret(detail, result_.snapshot->symbols());
    out_ += "<li";
    append_attribute(out_, "severity", name_of(control.severity));
    append_attribute(out_, "verdict", name_of(finding.verdict));
    append_attribute(out_, "control", control.id);
    append_attribute(out_, "namespace", namespace_of(*detail.object));
    out_ += "><details><summary>";
    append_summary(finding, control, detail);
    out_ += "</summary><div class=\"body\">";
    append_html_excerpt(out_, detail, *result_.snapshot);
    out_ += "<dl>";
    append_facts(finding, control, detail);
    out_ += "</dl></div></details></li>\n";
  }

 private:
  void append_summary(const Finding& finding, const Control& control, const FindingDetail& detail) {
    const bool failed = finding.verdict == Verdict::fail;
    const std::string_view label = failed ? name_of(control.severity) : name_of(finding.verdict);
    out_.append("<span class=\"badge ").append(label).append("\">").append(label).append("</span>");
    out_ += "<span class=\"what\">";
    append_html(out_, detail.message.empty() ? control.title : shown_message(detail, is_secret_, scratch_));
    out_.append(" <code>").append(control.id).append("</code></span><span class=\"where\"><b>");
    append_html(out_, identity_of(*detail.object));
    out_ += "</b> ";
    const Place place = mending_place(detail);
    append_html(out_, place.source);
    if (place.line != 0) out_ += ":" + std::to_string(place.line);
    out_ += "</span>";
  }

  void append_facts(const Finding& finding, const Control& control, const FindingDetail& detail) {
    if (!detail.reason.empty()) append_fact("Reason", detail.reason);
    append_fact("Excerpt", rendered_text(detail));
    if (!detail.container.empty()) append_fact("Container", detail.container);
    if (!detail.field.empty()) append_fact("Field", detail.field, true);
    append_value(detail);
    if (finding.verdict != Verdict::fail) append_fact("Severity", name_of(control.severity));
    append_fact("Why", control.why);
    append_fact("Fix", control.remediation);
    append_fact("Frameworks", rows_of(control));
  }

  void append_fact(std::string_view name, std::string_view text, bool code = false) {
    if (text.empty()) return;
    out_.append("<dt>").append(name).append(code ? "</dt><dd><code>" : "</dt><dd>");
    append_html(out_, text);
    out_ += code ? "</code></dd>" : "</dd>";
  }

  void append_value(const FindingDetail& detail) {
    if (detail.value == nullptr) return;
    std::string text;
    is_secret_ ? void(text = redacted) : append_json(text, *detail.value, result_.snapshot->symbols());
    append_fact("Value", text, true);
  }

  // "nsa-cisa G-P01, pss privileged"
  static std::string rows_of(const Control& control) {
    std::string text;
    for (const auto& [framework, rows] : control.references) {
      for (const std::string_view row : rows)
        text.append(text.empty() ? "" : ", ").append(framework).append(" ").append(row);
    }
    return text;
  }

  const ScanResult& result_;
  std::string& out_;
  policy::Describer describer_;
  bool is_secret_ = false;
  std::string scratch_;
};

void append_choice(std::string& out, std::string_view name, std::string_view value) {
  out.append("<label><input type=\"checkbox\" name=\"").append(name).append("\" value=\"").append(value);
  out.append("\" checked>").append(value).append("</label>");
}

// Hidden until the script, which it needs, has run.
void append_filters(std::string& out, const ChosenFindings& chosen) {
  out +=
      "<form id=\"filters\" class=\"filters\" role=\"search\" aria-label=\"Filter findings\" hidden>\n"
      "<label>Text <span class=\"hint\">(press <kbd>/</kbd>)</span><input type=\"search\" name=\"text\" "
      "autocomplete=\"off\"></label>\n"
      "<label>Control<select name=\"control\"><option value=\"\">all</option></select></label>\n"
      "<label>Namespace<select name=\"namespace\"><option value=\"\">all</option></select></label>\n"
      "<fieldset class=\"severities\"><legend>Severity</legend><div class=\"choices\">";
  for (std::size_t i = 5; i-- > 0;) append_choice(out, "severity", name_of(static_cast<Severity>(i)));
  out += "</div></fieldset>\n<fieldset class=\"verdicts\"><legend>Verdict</legend><div class=\"choices\">";
  std::array<bool, 6> present{};
  for (const Finding* finding : chosen.shown) present[static_cast<std::size_t>(finding->verdict)] = true;
  for (const Verdict verdict : {Verdict::fail, Verdict::error, Verdict::accepted, Verdict::not_evaluated, Verdict::pass,
                                Verdict::not_applicable}) {
    if (present[static_cast<std::size_t>(verdict)]) append_choice(out, "verdict", name_of(verdict));
  }
  out +=
      "</div></fieldset>\n<div class=\"actions\"><p id=\"shown\" role=\"status\"></p>"
      "<button type=\"reset\">Reset</button><button type=\"button\" id=\"open-all\">Open all</button>"
      "<button type=\"button\" id=\"close-all\">Close all</button></div>\n</form>\n";
}

}  // namespace

ChosenFindings choose_findings(const ScanResult& result) {
  std::vector<const Finding*> all;
  for (const Finding& finding : result.findings) all.push_back(&finding);
  std::ranges::stable_sort(all, {}, [&result](const Finding* finding) {
    return std::pair(rank(finding->verdict), -static_cast<int>(result.controls[finding->control]->severity));
  });
  ChosenFindings chosen{{}, std::vector<std::uint64_t>(result.controls.size()), 0};
  std::vector<std::size_t> of_control(result.controls.size());
  for (const Finding* finding : all) {
    if (chosen.shown.size() < most_findings && ++of_control[finding->control] <= most_findings_of_control) {
      chosen.shown.push_back(finding);
    } else {
      ++chosen.left_out[finding->control];
      ++chosen.all_left_out;
    }
  }
  return chosen;
}

void append_html_findings(Writer& writer, const ScanResult& result, const ChosenFindings& chosen) {
  std::string& out = writer.text();
  out += "<section id=\"findings\" aria-labelledby=\"findings-title\">\n<h2 id=\"findings-title\">Findings</h2>\n";
  if (chosen.shown.empty()) {
    out += "<p>None.</p>\n</section>\n";
    return;
  }
  if (chosen.all_left_out != 0) {
    out += "<p class=\"alert\">";
    append_grouped(out, chosen.all_left_out);
    out +=
        " more are not on this page, the less grave ones; the table of controls says of which. <code>--format "
        "csv</code> or "
        "<code>json</code> lists all, <code>--control ID</code> makes a page of one control.</p>\n";
  }
  append_filters(out, chosen);
  out += "<ol class=\"findings\">\n";
  FindingWriter findings(result, out);
  for (const Finding* finding : chosen.shown) {
    findings.append(*finding);
    writer.leave();
  }
  out += "</ol>\n</section>\n";
}

}  // namespace kastell::report
