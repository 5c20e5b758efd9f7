#include "cli/commands/scan_request.h"

#include <array>

#include "cli/commands/commands.h"
#include "cli/commands/exception_flags.h"
#include "cli/commands/render_flags.h"
#include "cli/commands/selection_flags.h"
#include "kube/api_schema.h"

namespace kastell::cli {

namespace {

constexpr std::array<std::string_view, 6> thresholds = {"info", "low", "medium", "high", "critical", "never"};
constexpr std::array<std::string_view, 9> formats = {"human",    "json", "sarif",  "junit",       "html",
                                                     "markdown", "csv",  "gitlab", "policyreport"};
constexpr unsigned most_threads = 256;

constexpr auto own_flags = std::to_array<Flag>({
    {.name = "fail-on",
     .value = "SEVERITY",
     .help = "Exit with 1 from this severity up (default info: any finding)",
     .choices = thresholds},
    {.name = "allow-incomplete", .value = "", .help = "Do not exit with 3 when some input could not be read"},
    {.name = "exclude",
     .value = "GLOB",
     .help = "Leave out files and folders, by path or its last parts",
     .repeatable = true},
    {.name = "closed-world",
     .value = "",
     .help = "The input is everything there is: what is absent from it does not exist"},
    {.name = "kubernetes",
     .value = "VERSION",
     .help = "Version of Kubernetes that the objects are meant for: 1.31 to 1.37 (default: that of the cluster, or "
             "newest)"},
    {.name = "baseline",
     .value = "FILE",
     .help = "Tell failures that the baseline in that file knows from new ones",
     .completes = Completes::files},
    {.name = "new-only", .value = "", .help = "With --baseline: list new failures only, and only they fail the run"},
    {.name = "write-baseline",
     .value = "FILE",
     .help = "Write the failures there as a baseline, beside the report",
     .completes = Completes::files},
    {.name = "batch", .value = "", .help = "Answer JSON lines {\"id\",\"objects\":[...]} with {\"id\",\"report\"}"},
    {.name = "all", .value = "", .help = "List pass and not-applicable too", .letter = 'a'},
    {.name = "format", .value = "FORMAT", .help = "Format of the report", .choices = formats, .letter = 'f'},
    {.name = "output",
     .value = "FILE",
     .help = "Write the report there instead of standard output",
     .letter = 'o',
     .completes = Completes::files},
    {.name = "threads", .value = "N", .help = "Number of threads (default: one per processor)"},
    {.name = "no-values-keys",
     .value = "",
     .help = "Do not render charts again to find the values key that decides a finding's field"},
    {.name = "no-color", .value = "", .help = "No colours, even on a terminal (also: NO_COLOR=1)"},
    {.name = "quiet",
     .value = "",
     .help = "No progress or notices; of the human report only the summary",
     .letter = 'q'},
});

Result<void> check_batch(const ScanRequest& request, const Arguments& arguments) {
  if (!request.inputs.empty()) return failure(ErrorCode::usage, "--batch reads standard input, it takes no files");
  if (arguments.has("format") && request.format != report::Format::json) {
    return failure(ErrorCode::usage, "--batch answers in JSON, it takes no other format");
  }
  if (!request.baseline.empty() || !request.write_baseline.empty()) {
    return failure(ErrorCode::usage, "--batch scans many worlds, a baseline is of one");
  }
  return {};
}

// One source: standard input line by line, a cluster, or files.
Result<void> check_input(const ScanRequest& request, const Arguments& arguments) {
  if (request.new_only && request.baseline.empty()) {
    return failure(ErrorCode::usage, "--new-only needs a --baseline to know what is new");
  }
  if (request.batch && request.cluster.wanted) {
    return failure(ErrorCode::usage, "--batch reads standard input, --cluster a cluster: one of them");
  }
  if (request.batch) return check_batch(request, arguments);
  if (request.cluster.wanted) {
    if (request.inputs.empty()) return {};
    return failure(ErrorCode::usage, "--cluster reads a cluster, it takes no files");
  }
  if (!request.inputs.empty()) return {};
  return failure(ErrorCode::usage,
                 "nothing to scan: name files or folders (`.` for this folder, `-` for standard input), or --cluster");
}

Result<cel::KubernetesVersion> read_kubernetes(std::string_view text) {
  const kube::SchemaRange range = kube::covered_minors();
  const auto version = cel::parse_kubernetes_version(text);
  if (version && version->major == 1 && range.oldest <= version->minor && version->minor <= range.newest) {
    return *version;
  }
  return failure(ErrorCode::usage, "--kubernetes takes a version from 1." + std::to_string(range.oldest) + " to 1." +
                                       std::to_string(range.newest) + ", not '" + std::string(text) + "'");
}

ScanRequest read_simple_flags(const Arguments& arguments) {
  ScanRequest request;
  request.inputs = arguments.positional();
  request.files.exclude = arguments.values("exclude");
  request.files.world = arguments.has("closed-world") ? snapshot::World::closed : snapshot::World::open;
  request.fail_on = policy::parse_severity(arguments.value("fail-on", "info"));
  request.allow_incomplete = arguments.has("allow-incomplete");
  request.batch = arguments.has("batch");
  request.quiet = arguments.has("quiet");
  request.values_keys = !arguments.has("no-values-keys");
  request.output = arguments.value("output");
  request.exceptions = arguments.value("exceptions");
  request.baseline = arguments.value("baseline");
  request.write_baseline = arguments.value("write-baseline");
  request.new_only = arguments.has("new-only");
  request.format = report::parse_format(arguments.value("format", "human")).value_or(report::Format::human);
  return request;
}

constexpr auto flags = joined(selection_flags, exception_flags, render_flags, cluster_flags, own_flags);

}  // namespace

std::span<const Flag> scan_flags() {
  return flags;
}

Result<ScanRequest> read_scan_request(const Arguments& arguments, const Console& console) {
  auto selection = read_selection(arguments);
  if (!selection) return std::unexpected(selection.error());
  auto cluster = read_cluster_request(arguments);
  if (!cluster) return std::unexpected(cluster.error());
  auto render = read_render_options(arguments);
  if (!render) return std::unexpected(render.error());
  ScanRequest request = read_simple_flags(arguments);
  request.files.render = std::move(*render);
  request.cluster = std::move(*cluster);
  request.scan = std::move(*selection);
  request.scan.all_verdicts = arguments.has("all");
  request.scan.ignore_annotations = arguments.has("strict");
  if (arguments.has("threads")) {
    const auto threads = parse_number("threads", arguments.value("threads"), 1, most_threads);
    if (!threads) return std::unexpected(threads.error());
    request.files.threads = request.scan.threads = *threads;
  }
  request.report = {.colour = console.out_is_terminal && console.colour_allowed && !arguments.has("no-color") &&
                              request.output.empty(),
                    .all_verdicts = request.scan.all_verdicts,
                    .width = console.width,
                    .summary_only = request.quiet,
                    .one_line = request.batch,
                    .tool_version = program_version()};
  if (arguments.has("kubernetes")) {
    const auto version = read_kubernetes(arguments.value("kubernetes"));
    if (!version) return std::unexpected(version.error());
    request.scan.kubernetes = *version;
  }
  if (auto checked = check_input(request, arguments); !checked) return std::unexpected(checked.error());
  return request;
}

}  // namespace kastell::cli
