// `kastell diff`: what became better, worse, new and gone between two snapshots, inputs or reports.

#include <array>
#include <optional>

#include "base/file_system.h"
#include "cli/commands/commands.h"
#include "cli/commands/exception_flags.h"
#include "cli/commands/render_flags.h"
#include "cli/commands/selection_flags.h"
#include "cli/terminal/console.h"
#include "collect/files.h"
#include "report/diff.h"
#include "snapshot/difference.h"

namespace kastell::cli {

namespace {

constexpr std::array<std::string_view, 2> formats = {"human", "json"};
constexpr std::array<std::string_view, 6> thresholds = {"info", "low", "medium", "high", "critical", "never"};

// One side: its objects, unless it is a report.
struct Side {
  std::optional<snapshot::Snapshot> snapshot;
  report::Judgements judgements;
};

class SideReader {
 public:
  SideReader(const policy::Catalog& catalog, std::shared_ptr<SymbolTable> symbols, policy::ScanOptions scan,
             collect::FileOptions files)
      : catalog_(catalog), symbols_(std::move(symbols)), scan_(std::move(scan)), files_(std::move(files)) {}

  Result<Side> read(const std::string& path) const {
    if (auto report = read_report(path)) return std::move(*report);
    auto snapshot = collect::collect_files({path}, symbols_, files_);
    if (!snapshot) return std::unexpected(snapshot.error());
    Side side{std::move(*snapshot), {}};
    const auto result = policy::scan(*side.snapshot, catalog_, scan_);
    if (!result) return std::unexpected(result.error());
    side.judgements = report::judgements_of(*result);
    return side;
  }

 private:
  // Nothing if the path leads to something else than a JSON report.
  std::optional<Result<Side>> read_report(const std::string& path) const {
    const FileSystem& files = operating_system_files();
    if (files.status(path).kind != FileKind::regular) return std::nullopt;
    auto content = files.read(path, {.padding = document::Source::padding});
    if (!content ||
        !std::string_view(content->buffer.get(), content->size).starts_with("{\"schema\":\"kastell.report/")) {
      return std::nullopt;
    }
    auto source = std::make_shared<const document::Source>(path, std::move(content->buffer), content->size);
    const auto stream = document::parse(std::move(source), *symbols_, {.format = document::Format::json});
    if (!stream.errors.empty()) return std::unexpected(stream.errors.front());
    auto judgements = report::read_judgements(stream.documents.front().root, *symbols_);
    if (!judgements) return failure(judgements.error().code, judgements.error().message, {.source = path});
    return Side{std::nullopt, std::move(*judgements)};
  }

  const policy::Catalog& catalog_;
  std::shared_ptr<SymbolTable> symbols_;
  policy::ScanOptions scan_;
  collect::FileOptions files_;
};

int finish(const report::Diff& diff, const Side& before, const Side& after, const Arguments& arguments,
           const Console& console) {
  if (!(before.judgements.complete && after.judgements.complete) && !arguments.has("allow-incomplete")) {
    console.write_err(
        "kastell: incomplete: not everything could be read or judged (--allow-incomplete accepts that)\n");
    return 3;
  }
  const auto threshold = policy::parse_severity(arguments.value("fail-on", "info"));
  return threshold && report::has_worse(diff, *threshold) ? 1 : 0;
}

Result<int> run(const Arguments& arguments, Console& console) {
  const auto symbols = std::make_shared<SymbolTable>();
  const auto catalog = policy::Catalog::embedded(symbols);
  if (!catalog) return std::unexpected(catalog.error());
  auto selection = read_selection(arguments);
  if (!selection) return std::unexpected(selection.error());
  if (auto used = use_exceptions(arguments, *catalog, *selection); !used) return std::unexpected(used.error());
  auto render = read_render_options(arguments);
  if (!render) return std::unexpected(render.error());
  collect::FileOptions files{.render = std::move(*render)};
  files.world = arguments.has("closed-world") ? snapshot::World::closed : snapshot::World::open;
  const SideReader reader(*catalog, symbols, std::move(*selection), std::move(files));
  const auto before = reader.read(arguments.positional()[0]);
  if (!before) return std::unexpected(before.error());
  const auto after = reader.read(arguments.positional()[1]);
  if (!after) return std::unexpected(after.error());

  report::Diff diff = report::compare(before->judgements, after->judgements);
  if (before->snapshot && after->snapshot) {
    diff.objects = snapshot::changes_between(*before->snapshot, *after->snapshot);
    diff.knows_objects = true;
  }
  const auto write = arguments.value("format") == "json" ? report::write_diff_json : report::write_diff_human;
  write(diff, [&console](std::string_view text) { console.write_out(text); });
  return finish(diff, *before, *after, arguments, console);
}

constexpr auto flags = joined(
    selection_flags, exception_flags, render_flags,
    std::to_array<Flag>({
        {.name = "fail-on",
         .value = "SEVERITY",
         .help = "Exit with 1 from this severity up (default info: anything worse or new)",
         .choices = thresholds},
        {.name = "allow-incomplete", .value = "", .help = "Do not exit with 3 when some input could not be read"},
        {.name = "closed-world",
         .value = "",
         .help = "The inputs are everything there is: what is absent from them does not exist"},
        {.name = "format", .value = "FORMAT", .help = "Format of the comparison", .choices = formats, .letter = 'f'},
    }));

}  // namespace

constinit const Command diff_command{
    .name = "diff",
    .arguments = "BEFORE AFTER",
    .summary = "Say what became better, worse, new and gone between two inputs",
    .details =
        "Each is a snapshot file, a file or folder of manifests, or a JSON report of `kastell scan`. Of snapshots and\n"
        "manifests the changed objects and fields are listed too (docs/snapshots.md). A report stays as it was "
        "judged.\n"
        "Exit codes: 0 nothing is worse, 1 something is worse or a new finding is there, 2 wrong usage, 3 incomplete.",
    .flags = flags,
    .least_arguments = 2,
    .most_arguments = 2,
    .completes = Completes::files,
    .run = run};

}  // namespace kastell::cli
