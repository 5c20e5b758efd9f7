// `kastell policy test`: tests of admission policies.
#include "admission/policy_test.h"

#include <array>

#include "base/file_system.h"
#include "cli/commands/admission_flags.h"
#include "cli/commands/commands.h"
#include "cli/terminal/console.h"
#include "collect/files.h"

namespace kastell::cli {

namespace {

constexpr std::array<std::string_view, 2> formats = {"human", "json"};

Result<document::DocumentStream> read_test_file(const std::string& path, SymbolTable& symbols) {
  auto content = operating_system_files().read(path, {.padding = document::Source::padding});
  if (!content) return std::unexpected(content.error());
  auto source = std::make_shared<const document::Source>(path, std::move(content->buffer), content->size);
  return document::parse(std::move(source), symbols);
}

Result<int> run(const Arguments& arguments, Console& console) {
  const auto version = read_kubernetes_version(arguments);
  if (!version) return std::unexpected(version.error());
  if (!arguments.has("policies")) return failure(ErrorCode::usage, "--policies PATH names what is to be tested");
  const auto symbols = std::make_shared<SymbolTable>();
  const auto snapshot = collect::collect_files(arguments.values("policies"), symbols);
  if (!snapshot) return std::unexpected(snapshot.error());
  const bool unread = warn_of_unread(*snapshot, console);
  auto language = admission::Language::make(*version, symbols);
  if (!language) return std::unexpected(language.error());
  admission::PolicySet policies(std::move(*language));
  if (const auto added = add_policies(policies, *snapshot); !added) return std::unexpected(added.error());
  for (const std::string& error : policies.compile_errors()) console.write_err("kastell: " + error + "\n");
  warn_of_unbound(policies, console);

  admission::TestRun tests;
  admission::expect_coverage(policies, tests);
  admission::ExpressionCoverage coverage;
  const admission::JudgeOptions options{.form = object_form(arguments),
                                        .version = *version,
                                        .assume_namespaces = true,
                                        .disabled_plugins = disabled_plugins(arguments),
                                        .coverage = &coverage};
  std::vector<document::DocumentStream> files;  // results may point into them
  for (const std::string& path : arguments.positional()) {
    auto file = read_test_file(path, *symbols);
    if (!file) return std::unexpected(file.error());
    files.push_back(std::move(*file));
    const auto ran = admission::run_tests(files.back(), policies, symbols, options, tests);
    if (!ran) return std::unexpected(ran.error());
  }
  if (tests.results.empty()) return failure(ErrorCode::usage, "there are no cases in the input");
  read_branches(policies, *snapshot, coverage, tests);
  console.write_out(arguments.value("format") == "json" ? to_json(tests) : to_text(tests));
  if (unread) return 3;
  return tests.failed() > 0 || (arguments.has("full-coverage") && !tests.is_fully_covered()) ? 1 : 0;
}

constexpr auto flags = std::to_array<Flag>({
    {.name = "policies",
     .value = "PATH",
     .help = "Files or folders with the policies and bindings to be tested",
     .letter = 'p',
     .repeatable = true,
     .completes = Completes::files},
    {.name = "full-coverage",
     .value = "",
     .help = "Fail if an expression was not seen both to pass and to fail, or a branch of one was not taken"},
    as_written_flag,
    disabled_plugins_flag,
    {.name = "kubernetes", .value = "VERSION", .help = "Decide as this Kubernetes version does (default: newest)"},
    {.name = "format", .value = "FORMAT", .help = "Format of the results", .choices = formats, .letter = 'f'},
});

}  // namespace

constinit const Command policy_test_command{
    .name = "policy-test",
    .arguments = "FILE...",
    .summary = "Run tests of admission policies: cases with the decision that is expected",
    .details =
        "Also `kastell policy test`. Cases are data (docs/policies.md): objects, who asks, the namespace's labels,\n"
        "parameters, and the decision and message expected. Expressions that no case saw both ways and\n"
        "branches (of &&, ||, ?: and within macros) that none took are named.\n"
        "Exit codes: 0 all passed, 1 some failed, 2 wrong usage or an unreadable file, 3 incomplete.",
    .flags = flags,
    .least_arguments = 1,
    .most_arguments = static_cast<std::size_t>(-1),
    .completes = Completes::files,
    .run = run};

}  // namespace kastell::cli
