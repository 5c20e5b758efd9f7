// What was read and what was not: the end of a report for people.
#pragma once

#include "report/human/style.h"
#include "report/report.h"
#include "report/text/writer.h"
#include "snapshot/snapshot.h"

namespace kastell::report {

// One line per reason, however many inputs it is about.
void append_coverage(Writer& writer, const snapshot::Snapshot& snapshot, const ReportOptions& options,
                     const Style& style);

}  // namespace kastell::report
