// One writer per format, and what they share.
#pragma once

#include <array>

#include "report/report.h"

namespace kastell::report {

void write_human(const policy::ScanResult& result, const ReportOptions& options, const Sink& sink);
void write_json(const policy::ScanResult& result, const ReportOptions& options, const Sink& sink);
void write_sarif(const policy::ScanResult& result, const ReportOptions& options, const Sink& sink);
void write_junit(const policy::ScanResult& result, const ReportOptions& options, const Sink& sink);
void write_html(const policy::ScanResult& result, const ReportOptions& options, const Sink& sink);
void write_markdown(const policy::ScanResult& result, const ReportOptions& options, const Sink& sink);
void write_csv(const policy::ScanResult& result, const ReportOptions& options, const Sink& sink);
void write_gitlab(const policy::ScanResult& result, const ReportOptions& options, const Sink& sink);
void write_policy_report(const policy::ScanResult& result, const ReportOptions& options, const Sink& sink);

struct Totals {
  policy::ControlCount verdicts;
  std::array<std::uint64_t, 5> failed_by_severity{};  // by Severity
};
Totals totals_of(const policy::ScanResult& result);

// The bytes of the token that begins at `offset`: a key, a quoted text, a plain scalar; at least 1, within its line.
std::size_t token_length(const document::Source& source, std::uint32_t offset);

// "1 object", "2 objects".
std::string counted(std::uint64_t number, std::string_view one, std::string_view many);

// "Deployment shop/web": kind, namespace where one is written, name.
std::string identity_of(const snapshot::Object& object);

}  // namespace kastell::report
