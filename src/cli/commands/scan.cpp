#include <algorithm>

#include "cli/commands/commands.h"
#include "cli/commands/exception_flags.h"
#include "cli/commands/scan_request.h"
#include "cli/terminal/output.h"
#include "cli/terminal/progress.h"
#include "cli/until_exit.h"
#include "collect/values_keys.h"

namespace kastell::cli {

namespace {

using snapshot::CoverageStatus;

Result<snapshot::Snapshot> collect(const ScanRequest& request, const policy::Catalog& catalog,
                                   const std::shared_ptr<SymbolTable>& symbols, Progress& progress) {
  if (request.cluster.wanted) return collect_from_cluster(request.cluster, catalog, request.scan, symbols, progress);
  collect::FileOptions options = request.files;
  options.progress = [&](std::size_t read, std::size_t all) { progress.show("reading", read, all, "files"); };
  return collect::collect_files(request.inputs, symbols, options);
}

Result<policy::ScanResult> judge(const ScanRequest& request, const snapshot::Snapshot& snapshot,
                                 const policy::Catalog& catalog, Progress& progress) {
  policy::ScanOptions options = request.scan;
  options.progress = [&](std::size_t judged, std::size_t all) { progress.show("judging", judged, all, "objects"); };
  return policy::scan(snapshot, catalog, options);
}

// Those that were asked for; a page of a whole scan also shows the guide itself.
std::vector<std::string> frameworks_of(const ScanRequest& request) {
  const policy::ScanOptions& scan = request.scan;
  const bool whole = scan.controls.empty() && scan.frameworks.empty() && !scan.at_least && !scan.pod_security;
  if (whole && request.format == report::Format::html) return {"nsa-cisa"};
  return scan.frameworks;
}

std::vector<policy::FrameworkAssessment> assess_frameworks(const std::vector<std::string>& names,
                                                           const policy::Frameworks& frameworks,
                                                           const policy::ScanResult& result) {
  std::vector<policy::FrameworkAssessment> assessments;
  for (const std::string& name : names) {
    if (const policy::Framework* framework = frameworks.find(name)) assessments.push_back(assess(*framework, result));
  }
  return assessments;
}

bool shows_values_keys(report::Format format) {
  return format == report::Format::human || format == report::Format::json || format == report::Format::sarif;
}

// Of the failures in what charts rendered to.
snapshot::ValuesKeys find_values_keys(const ScanRequest& request, const policy::ScanResult& result,
                                      Progress& progress) {
  const bool shown = shows_values_keys(request.format) && !request.report.summary_only;
  if (!request.values_keys || !shown) return {};
  std::vector<collect::FieldQuestion> questions;
  policy::Describer describer(result);
  for (const policy::Finding& finding : result.findings) {
    const snapshot::Object& object = result.object_of(finding);
    if (finding.verdict != policy::Verdict::fail || finding.object >= result.snapshot->objects().size()) continue;
    if (result.snapshot->provenance_of(object) == nullptr) continue;
    questions.push_back({finding.object, describer.describe(finding).field});
  }
  if (questions.empty()) return {};
  progress.show("asking charts for values keys", 0, questions.size(), "fields");
  return collect::find_values_keys(*result.snapshot, questions, operating_system_files());
}

Result<void> write_report(const ScanRequest& request, const policy::ScanResult& result,
                          const snapshot::ValuesKeys& values_keys, Console& console) {
  auto output =
      request.output.empty() ? Result<Output>(Output::to_console(console)) : Output::to_file(console, request.output);
  if (!output) return std::unexpected(output.error());
  const std::vector<std::string> names = frameworks_of(request);
  const auto frameworks = names.empty() ? Result<policy::Frameworks>{} : policy::Frameworks::embedded();
  if (!frameworks) return std::unexpected(frameworks.error());
  const auto assessments = assess_frameworks(names, *frameworks, result);
  report::ReportOptions options = request.report;
  options.frameworks = assessments;
  options.values_keys = &values_keys;
  report::write(request.format, result, options, [&](std::string_view text) { output->write(text); });
  return output->finish();
}

// Nothing but strangers: an empty folder, a wrong file. Green would be a lie.
bool nothing_was_read(const snapshot::Snapshot& snapshot) {
  return snapshot.objects().empty() && std::ranges::none_of(snapshot.coverage(), [](const auto& entry) {
           return entry.status == CoverageStatus::read;
         });
}

// Why the report does not tell the whole truth; empty if it does.
std::string_view gap_in(const policy::ScanResult& result, bool of_cluster) {
  if (!result.snapshot->is_complete() && of_cluster) {
    return "incomplete: some resources could not be read, see the report's coverage (`kastell rbac-needed` prints the "
           "role that a scan needs, --allow-incomplete accepts less)";
  }
  if (nothing_was_read(*result.snapshot)) return "no Kubernetes object in the input: nothing was judged";
  if (!result.snapshot->is_complete()) {
    return "incomplete: some input could not be read, see the report's coverage (--allow-incomplete accepts that)";
  }
  if (result.unreadable > 0) {
    return "incomplete: some objects could not be judged, see the verdicts error and not-evaluated "
           "(--allow-incomplete accepts that)";
  }
  return {};
}

// Incomplete goes before findings: with more to read there might be more findings.
int finish(const ScanRequest& request, const policy::ScanResult& result, const Console& console) {
  const std::string_view gap = gap_in(result, request.cluster.wanted);
  if (!gap.empty() && !request.allow_incomplete) {
    if (!request.quiet) console.write_err("kastell: " + std::string(gap) + "\n");
    return 3;
  }
  return request.fail_on ? policy::exit_code(result, *request.fail_on, true) : 0;
}

Result<int> run(const Arguments& arguments, Console& console) {
  auto request = read_scan_request(arguments, console);
  if (!request) return std::unexpected(request.error());
  if (request->batch) return run_scan_batch(*request, console);

  const auto symbols = std::make_shared<SymbolTable>();
  const auto& catalog = until_exit(policy::Catalog::embedded(symbols, policy::Catalog::Examples::left_out));
  if (!catalog) return std::unexpected(catalog.error());
  auto exceptions = read_exceptions(request->exceptions, *catalog);
  if (!exceptions) return std::unexpected(exceptions.error());
  request->scan.exceptions = std::move(*exceptions);
  Progress progress(console, !request->quiet);
  const auto& snapshot = until_exit(collect(*request, *catalog, symbols, progress));
  if (!snapshot) return std::unexpected(snapshot.error());
  auto& result = until_exit(judge(*request, *snapshot, *catalog, progress));
  if (!result) return std::unexpected(result.error());
  progress.clear();
  // Written first: what a baseline hides belongs into the next one all the same.
  if (auto written = write_baseline(*request, *result, console); !written) return std::unexpected(written.error());
  if (auto used = use_baseline(*request, *result); !used) return std::unexpected(used.error());
  const auto values_keys = find_values_keys(*request, *result, progress);
  progress.clear();
  if (auto written = write_report(*request, *result, values_keys, console); !written) {
    return std::unexpected(written.error());
  }
  return finish(*request, *result, console);
}

}  // namespace

const Command scan_command{
    .name = "scan",
    .arguments = "PATH... | --cluster",
    .summary = "Judge manifests (files, folders, globs, - for standard input) or a live cluster",
    .details =
        "In folders *.yaml, *.yml and *.json are read, whatever lies below; a file named outright is always read.\n"
        "Helm charts and Kustomize overlays are rendered by your own helm and kustomize or kubectl\n"
        "(docs/helm-and-kustomize.md).\n"
        "Exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage, 3 incomplete, 4 a bug.",
    .flags = scan_flags(),
    .most_arguments = static_cast<std::size_t>(-1),
    .completes = Completes::files,
    .run = run};

}  // namespace kastell::cli
