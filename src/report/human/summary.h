// What the human report ends with: what was not judged, counts, coverage.
#pragma once

#include "report/human/style.h"
#include "report/report.h"
#include "report/text/writer.h"

namespace kastell::report {

void append_summary(Writer& writer, const policy::ScanResult& result, const ReportOptions& options, const Style& style);

}  // namespace kastell::report
