// The report for people.
#include "report/formats.h"
#include "report/human/findings.h"
#include "report/human/summary.h"
#include "report/text/writer.h"

namespace kastell::report {

void write_human(const policy::ScanResult& result, const ReportOptions& options, const Sink& sink) {
  Writer writer(sink);
  const Style style(options.colour);
  if (!options.summary_only) append_findings(writer, result, options, style);
  append_summary(writer, result, options, style);
}

}  // namespace kastell::report
