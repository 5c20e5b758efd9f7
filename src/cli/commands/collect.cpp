// `kastell collect`: what a scan would read, as one file.

#include <algorithm>

#include "cli/commands/cluster_flags.h"
#include "cli/commands/commands.h"
#include "cli/commands/render_flags.h"
#include "cli/terminal/console.h"
#include "cli/terminal/output.h"
#include "cli/terminal/progress.h"
#include "collect/files.h"
#include "snapshot/snapshot_file.h"

namespace kastell::cli {

namespace {

constexpr mode_t for_the_owner = 0600;
constexpr unsigned most_threads = 256;

Result<collect::FileOptions> read_options(const Arguments& arguments) {
  collect::FileOptions options{.exclude = arguments.values("exclude")};
  options.world = arguments.has("closed-world") ? snapshot::World::closed : snapshot::World::open;
  auto render = read_render_options(arguments);
  if (!render) return std::unexpected(render.error());
  options.render = std::move(*render);
  if (arguments.has("threads")) {
    const auto threads = parse_number("threads", arguments.value("threads"), 1, most_threads);
    if (!threads) return std::unexpected(threads.error());
    options.threads = *threads;
  }
  return options;
}

Result<void> write_file(const snapshot::Snapshot& snapshot, const std::string& path, Console& console) {
  auto output = Output::to_file(console, path, for_the_owner);
  if (!output) return std::unexpected(output.error());
  const auto saved = snapshot::save(snapshot, [&](std::string_view bytes) { output->write(bytes); });
  return saved ? output->finish() : saved;
}

// The file is written all the same: it says itself what is missing.
int finish(const snapshot::Snapshot& snapshot, const Arguments& arguments, const Console& console) {
  const bool quiet = arguments.has("quiet");
  const auto unread = std::ranges::count_if(snapshot.coverage(), snapshot::is_unread);
  if (!quiet) {
    console.write_err("kastell: " + std::to_string(snapshot.objects().size()) + " objects from " +
                      std::to_string(snapshot.sources().size()) + " sources\n");
  }
  if (unread == 0 || arguments.has("allow-incomplete")) return 0;
  if (!quiet) {
    console.write_err("kastell: incomplete: " + std::to_string(unread) +
                      " inputs could not be read, or not all of them (--allow-incomplete accepts that)\n");
  }
  return 3;
}

// What all controls read, since nobody knows yet which of them will be asked.
Result<snapshot::Snapshot> read_cluster(const ClusterRequest& request, Progress& progress) {
  const auto symbols = std::make_shared<SymbolTable>();
  const auto catalog = policy::Catalog::embedded(symbols);
  if (!catalog) return std::unexpected(catalog.error());
  return collect_from_cluster(request, *catalog, {.controls = {"*"}}, symbols, progress);
}

Result<snapshot::Snapshot> read_files(const Arguments& arguments, Progress& progress) {
  if (arguments.positional().empty()) return failure(ErrorCode::usage, "nothing to collect: name files or folders");
  auto options = read_options(arguments);
  if (!options) return std::unexpected(options.error());
  options->progress = [&](std::size_t read, std::size_t all) { progress.show("reading", read, all, "files"); };
  return collect::collect_files(arguments.positional(), std::make_shared<SymbolTable>(), *options);
}

Result<int> run(const Arguments& arguments, Console& console) {
  if (!arguments.has("output")) return failure(ErrorCode::usage, "name the file to write: --output FILE");
  const auto cluster = read_cluster_request(arguments);
  if (!cluster) return std::unexpected(cluster.error());
  if (cluster->wanted && !arguments.positional().empty()) {
    return failure(ErrorCode::usage, "either files or --cluster");
  }
  Progress progress(console, !arguments.has("quiet"));
  const auto snapshot = cluster->wanted ? read_cluster(*cluster, progress) : read_files(arguments, progress);
  if (!snapshot) return std::unexpected(snapshot.error());
  progress.clear();
  if (auto written = write_file(*snapshot, std::string(arguments.value("output")), console); !written) {
    return std::unexpected(written.error());
  }
  return finish(*snapshot, arguments, console);
}

constexpr auto flags = joined(
    render_flags, cluster_flags,
    std::to_array<Flag>({
        {.name = "output",
         .value = "FILE",
         .help = "The snapshot file to write, by custom *.kast (only you may read it)",
         .letter = 'o',
         .completes = Completes::files},
        {.name = "exclude",
         .value = "GLOB",
         .help = "Leave out files and folders, by path or its last parts",
         .repeatable = true},
        {.name = "closed-world",
         .value = "",
         .help = "The input is everything there is: what is absent from it does not exist"},
        {.name = "allow-incomplete", .value = "", .help = "Do not exit with 3 when some input could not be read"},
        {.name = "threads", .value = "N", .help = "Number of threads (default: one per processor)"},
        {.name = "quiet", .value = "", .help = "No progress or notices", .letter = 'q'},
    }));

}  // namespace

constinit const Command collect_command{
    .name = "collect",
    .arguments = "PATH... | --cluster",
    .summary = "Save what a scan would read as one file, without credentials",
    .details =
        "`kastell scan FILE` then says of the file what it would say of the input. The file holds objects, places\n"
        "and coverage; the data of Secrets and what looks like a credential is not in it (docs/snapshots.md).\n"
        "Exit codes: 0 written, 2 wrong usage, 3 written, but some input could not be read.",
    .flags = flags,
    .most_arguments = static_cast<std::size_t>(-1),
    .completes = Completes::files,
    .run = run};

}  // namespace kastell::cli
