// The sections of the HTML report.
#pragma once

#include <vector>

#include "report/report.h"
#include "report/text/writer.h"

namespace kastell::report {

// Bounds, so that a page of any scan opens at once. What they leave out is said, with the way to see it.
inline constexpr std::size_t most_findings = 1500;
inline constexpr std::size_t most_findings_of_control = 100;
inline constexpr std::size_t most_coverage_rows = 200;

// Findings that are shown, the worst first, and how many are not.
struct ChosenFindings {
  std::vector<const policy::Finding*> shown;
  std::vector<std::uint64_t> left_out;  // by control
  std::uint64_t all_left_out = 0;
};
ChosenFindings choose_findings(const policy::ScanResult& result);

void append_html_summary(Writer& writer, const policy::ScanResult& result);
void append_html_findings(Writer& writer, const policy::ScanResult& result, const ChosenFindings& chosen);
void append_html_controls(Writer& writer, const policy::ScanResult& result, const ChosenFindings& chosen);
void append_html_frameworks(Writer& writer, const ReportOptions& options);
void append_html_coverage(Writer& writer, const snapshot::Snapshot& snapshot);

}  // namespace kastell::report
