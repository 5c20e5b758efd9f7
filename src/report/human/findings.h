// The findings of the human report, by file and object.
#pragma once

#include <vector>

#include "report/human/style.h"
#include "report/report.h"
#include "report/text/writer.h"

namespace kastell::report {

// How many findings of one control are shown, so that a long result stays readable. The machine formats have all.
inline constexpr std::uint64_t shown_with_source = 3;
inline constexpr std::uint64_t shown_at_all = 10;

void append_findings(Writer& writer, const policy::ScanResult& result, const ReportOptions& options,
                     const Style& style);

}  // namespace kastell::report
