// A page that needs nothing but itself: no request leaves it, and whatever the input holds is text (its
// Content-Security-Policy runs the one script whose hash it names).
#include "report/formats.h"
#include "report/html/escape.h"
#include "report/html/page.h"
#include "report/html/sections.h"
#include "report/text/writer.h"

namespace kastell::report {

using policy::ScanResult;

namespace {

void append_head(std::string& out, const ScanResult& result) {
  const PageAsset style = page_style(), script = page_script();
  out +=
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
      "http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'sha256-";
  out.append(style.sha256).append("'; script-src 'sha256-").append(script.sha256);
  out +=
      "'; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" "
      "content=\"no-referrer\">\n<title>Kastell: ";
  append_grouped(out, totals_of(result).verdicts.fail);
  out.append(" findings</title>\n<style>").append(style.text).append("</style>\n</head>\n");
}

void append_header(std::string& out, const ReportOptions& options) {
  out +=
      "<body>\n<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n<header>\n<h1>Kastell <span>security "
      "report</span></h1>\n<nav aria-label=\"Sections\"><ul><li><a href=\"#findings\">Findings</a></li><li><a "
      "href=\"#controls\">Controls</a></li>";
  if (!options.frameworks.empty()) out += "<li><a href=\"#frameworks\">Frameworks</a></li>";
  out += "<li><a href=\"#coverage\">Coverage</a></li></ul></nav>\n</header>\n<main>\n";
}

void append_footer(std::string& out, const ReportOptions& options) {
  out += "</main>\n<footer><p>Made by Kastell ";
  append_html(out, options.tool_version);
  out += ". <code>kastell explain CONTROL</code> tells more about a control.</p></footer>\n<script>";
  out.append(page_script().text).append("</script>\n</body>\n</html>\n");
}

}  // namespace

void write_html(const ScanResult& result, const ReportOptions& options, const Sink& sink) {
  Writer writer(sink);
  append_head(writer.text(), result);
  append_header(writer.text(), options);
  append_html_summary(writer, result);
  const ChosenFindings chosen = choose_findings(result);
  append_html_findings(writer, result, chosen);
  append_html_controls(writer, result, chosen);
  append_html_frameworks(writer, options);
  append_html_coverage(writer, *result.snapshot);
  append_footer(writer.text(), options);
}

}  // namespace kastell::report
