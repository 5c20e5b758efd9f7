// What the flags of `kastell scan` ask for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/command_line.h"
#include "cli/commands/cluster_flags.h"
#include "cli/terminal/console.h"
#include "collect/files.h"
#include "policy/scan.h"
#include "report/report.h"

namespace kastell::cli {

struct ScanRequest {
  std::vector<std::string> inputs;
  ClusterRequest cluster;  // instead of inputs
  collect::FileOptions files;
  policy::ScanOptions scan;
  report::Format format = report::Format::human;
  report::ReportOptions report;
  std::string output;                    // empty: standard output
  std::string exceptions;                // file; empty: none
  std::string baseline, write_baseline;  // files; empty: none
  bool new_only = false;
  std::optional<policy::Severity> fail_on;  // nothing: findings never fail the run
  bool allow_incomplete = false;
  bool batch = false;
  bool quiet = false;
  bool values_keys = true;  // of charts' findings, where the format shows them
};

std::span<const Flag> scan_flags();

// Errors (usage) carry a suggestion.
Result<ScanRequest> read_scan_request(const Arguments& arguments, const Console& console);

// What the request's baseline knows, if it has one. Errors: a file that is no baseline.
Result<void> use_baseline(const ScanRequest& request, policy::ScanResult& result);
Result<void> write_baseline(const ScanRequest& request, const policy::ScanResult& result, Console& console);

// `kastell scan --batch`: JSON lines on standard input, an answer to each.
Result<int> run_scan_batch(const ScanRequest& request, Console& console);

}  // namespace kastell::cli
