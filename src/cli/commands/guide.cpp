#include <algorithm>
#include <array>

#include "base/text.h"
#include "cli/commands/commands.h"
#include "cli/commands/exception_flags.h"
#include "cli/commands/guide_appendix.h"
#include "cli/commands/guide_text.h"
#include "cli/commands/render_flags.h"
#include "cli/terminal/console.h"
#include "collect/files.h"
#include "policy/framework.h"

namespace kastell::cli {

namespace {

using policy::Framework;
using policy::FrameworkAssessment;

constexpr std::array<std::string_view, 2> formats = {"human", "json"};

constexpr auto flags =
    joined(exception_flags, render_flags,
           std::to_array<Flag>({
               {.name = "framework",
                .value = "NAME",
                .help = "Which guide or benchmark (default nsa-cisa)",
                .completes = Completes::frameworks},
               {.name = "format", .value = "FORMAT", .help = "Format of the list", .choices = formats, .letter = 'f'},
               {.name = "closed-world",
                .value = "",
                .help = "The input is everything there is: what is absent from it does not exist"},
           }));

// What a scan of the files says about each row. The exit code is that of `kastell scan`.
struct Verdicts {
  FrameworkAssessment assessment;
  int exit_code;
};
Result<Verdicts> judge(const Framework& framework, const Arguments& arguments) {
  const auto symbols = std::make_shared<SymbolTable>();
  const auto catalog = policy::Catalog::embedded(symbols);
  if (!catalog) return std::unexpected(catalog.error());
  policy::ScanOptions scan{.frameworks = {framework.id}};
  if (auto used = use_exceptions(arguments, *catalog, scan); !used) return std::unexpected(used.error());
  auto render = read_render_options(arguments);
  if (!render) return std::unexpected(render.error());
  collect::FileOptions files{.render = std::move(*render)};
  files.world = arguments.has("closed-world") ? snapshot::World::closed : snapshot::World::open;
  const auto snapshot = collect::collect_files(arguments.positional(), symbols, files);
  if (!snapshot) return std::unexpected(snapshot.error());
  if (snapshot->objects().empty()) {
    return failure(ErrorCode::usage, "no Kubernetes object in the input: there is nothing to judge");
  }
  const auto result = policy::scan(*snapshot, *catalog, scan);
  if (!result) return std::unexpected(result.error());
  return Verdicts{assess(framework, *result), exit_code(*result, policy::Severity::info, false)};
}

Result<int> run(const Arguments& arguments, Console& console) {
  const auto& words = arguments.positional();
  if (!words.empty() && words.front() == "appendix") {
    return show_appendix(std::span(words).subspan(1), arguments.value("format") == "json", console);
  }
  const auto frameworks = policy::Frameworks::embedded();
  if (!frameworks) return std::unexpected(frameworks.error());
  const std::string_view name = arguments.value("framework", "nsa-cisa");
  const Framework* framework = frameworks->find(name);
  if (framework == nullptr) return failure(ErrorCode::usage, unknown("framework", name, frameworks->ids()));

  const bool json = arguments.value("format") == "json";
  if (arguments.positional().empty()) {
    console.write_out(json ? guide_json(*framework, nullptr) : guide_text(*framework, nullptr, console.width));
    return 0;
  }
  const auto verdicts = judge(*framework, arguments);
  if (!verdicts) return std::unexpected(verdicts.error());
  console.write_out(json ? guide_json(*framework, &verdicts->assessment)
                         : guide_text(*framework, &verdicts->assessment, console.width));
  return verdicts->exit_code;
}

}  // namespace

constinit const Command guide_command{
    .name = "guide",
    .arguments = "[PATH...] | appendix [LETTER]",
    .summary = "Show what a guide asks, how much of it is decided, by which controls; with files, the verdicts",
    .details =
        "Frameworks: cis-kubernetes-1.12, cis-kubernetes-2.0.1, kubernetes-security-checklist,\n"
        "microsoft-threat-matrix, nsa-cisa, owasp-kubernetes-2025, pss, stig-kubernetes-v2r6.\n"
        "A row passes when all of it is decided and holds; it holds when what is decided of it does.\n"
        "appendix: the examples of the NSA/CISA guide's appendices A to N, corrected; with a letter, that one,\n"
        "as a file to use or to scan (kastell guide appendix E | kastell scan -).",
    .flags = flags,
    .most_arguments = static_cast<std::size_t>(-1),
    .completes = Completes::files_or_appendices,
    .run = run};

}  // namespace kastell::cli
