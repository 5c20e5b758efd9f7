// What the page begins with: counts, and why it may not be the whole truth.

#include "report/formats.h"
#include "report/html/bar.h"
#include "report/html/escape.h"
#include "report/html/sections.h"

namespace kastell::report {

using policy::ScanResult;
using policy::Severity;

namespace {

void append_counted(std::string& out, std::uint64_t number, std::string_view one, std::string_view many) {
  append_grouped(out, number);
  out.append(" ").append(number == 1 ? one : many);
}

void append_tiles(std::string& out, const Totals& totals) {
  out += "<dl class=\"tiles\">\n";
  for (std::size_t i = totals.failed_by_severity.size(); i-- > 0;) {
    const std::string_view name = name_of(static_cast<Severity>(i));
    out.append("<div class=\"tile ").append(name).append(totals.failed_by_severity[i] == 0 ? " none" : "");
    out.append("\"><dt>").append(name).append("</dt><dd>");
    append_grouped(out, totals.failed_by_severity[i]);
    out += "</dd></div>\n";
  }
  out += "</dl>\n";
}

void append_notes(std::string& out, const ScanResult& result) {
  if (!result.snapshot->is_complete() || result.unreadable > 0) {
    out +=
        "<p class=\"alert\"><span class=\"strong\">Incomplete.</span> Not everything could be read or judged; <a "
        "href=\"#coverage\">coverage</a> and the verdicts <code>error</code> and <code>not-evaluated</code> say "
        "what.</p>\n";
  }
  if (result.baseline) {
    out += "<p><span class=\"strong\">";
    append_grouped(out, result.baseline->all_new);
    out += " new</span>, ";
    append_grouped(out, result.baseline->all_known);
    out += " known from the baseline";
    out += result.baseline->hides_known ? " and not listed; " : "; ";
    append_counted(out, result.baseline->gone.size(), "entry", "entries");
    out += " of it no longer fail.</p>\n";
  }
  if (result.ignored_annotations != 0) {
    out += "<p><code>--strict</code>: the exceptions in annotations of ";
    append_counted(out, result.ignored_annotations, "object", "objects");
    out += " were ignored.</p>\n";
  }
  if (result.decided_by_closed_world != 0) {
    out += "<p class=\"soft\"><code>--closed-world</code> would decide ";
    append_counted(out, result.decided_by_closed_world, "verdict", "verdicts");
    out += ": it says that the input is everything there is.</p>\n";
  }
}

}  // namespace

void append_html_summary(Writer& writer, const ScanResult& result) {
  const Totals totals = totals_of(result);
  const policy::ControlCount& verdicts = totals.verdicts;
  std::string& out = writer.text();
  out += "<section id=\"summary\" aria-labelledby=\"summary-title\">\n<h2 id=\"summary-title\">";
  append_counted(out, verdicts.fail, "finding", "findings");
  out += " in ";
  append_counted(out, result.snapshot->objects().size(), "object", "objects");
  out += "</h2>\n";
  append_tiles(out, totals);
  const std::array<Share, 6> shares = {{{"fail", verdicts.fail},
                                        {"error", verdicts.error},
                                        {"accepted", verdicts.accepted},
                                        {"not-evaluated", verdicts.not_evaluated},
                                        {"pass", verdicts.pass},
                                        {"not-applicable", verdicts.not_applicable}}};
  append_bar(out, shares);
  append_notes(out, result);
  out += "</section>\n";
}

}  // namespace kastell::report
