// Reports: a scan's result written out. One file per format; each streams to a sink, so that a report of
// any size needs little memory. Nothing else is ever written to the sink.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "policy/framework.h"
#include "policy/scan.h"

namespace kastell::report {

using Sink = std::function<void(std::string_view)>;  // called with blocks of some 64 KiB

enum class Format : std::uint8_t { human, json, sarif, junit, html, markdown, csv, gitlab, policy_report };
std::optional<Format> parse_format(std::string_view text);
std::span<const std::string_view> format_names();

struct ReportOptions {
  bool colour = false;
  bool all_verdicts = false;
  std::size_t width = 100;    // human: terminal width
  bool summary_only = false;  // human: no findings, only the summary
  bool one_line = false;      // JSON: no line ends, for JSON lines
  std::string_view tool_version = {};
  const snapshot::ValuesKeys* values_keys = nullptr;             // of charts' fields; null: not asked
  std::span<const policy::FrameworkAssessment> frameworks = {};  // that were asked for: human and JSON show their score
};

void write(Format format, const policy::ScanResult& result, const ReportOptions& options, const Sink& sink);

// Value of a field as JSON (bounded to 200 bytes for long strings, lists and objects, marked with …).
// Credentials in it are never shown (kube/shown_value.h).
void append_json(std::string& out, const document::Node& node, const SymbolTable& symbols);

}  // namespace kastell::report
