// `kastell policy check`: the types of admission policies' expressions.
#include <algorithm>
#include <array>

#include "admission/check.h"
#include "cli/commands/admission_flags.h"
#include "cli/commands/commands.h"
#include "cli/terminal/console.h"
#include "collect/files.h"

namespace kastell::cli {

namespace {

constexpr std::array<std::string_view, 2> formats = {"human", "json"};

int exit_code(const admission::PolicyCheck& check, const snapshot::Snapshot& snapshot, bool strict) {
  if (!snapshot.is_complete()) return 3;
  using Severity = admission::PolicyProblem::Severity;
  const bool fails = std::ranges::any_of(check.problems, [strict](const admission::PolicyProblem& problem) {
    return strict || problem.severity == Severity::error;
  });
  return fails ? 1 : 0;
}

Result<int> run(const Arguments& arguments, Console& console) {
  const auto version = read_kubernetes_version(arguments);
  if (!version) return std::unexpected(version.error());
  const auto symbols = std::make_shared<SymbolTable>();
  const auto snapshot = collect::collect_files(arguments.positional(), symbols);
  if (!snapshot) return std::unexpected(snapshot.error());
  warn_of_unread(*snapshot, console);
  const auto language = admission::Language::make(*version, symbols);
  if (!language) return std::unexpected(language.error());
  const auto check = admission::check_policies(*snapshot, *language);
  if (!check) return std::unexpected(check.error());
  if (check->policies == 0 && snapshot->is_complete()) {
    return failure(ErrorCode::usage, "there is no admission policy in the input");
  }
  console.write_out(arguments.value("format") == "json" ? to_json(*check) : to_text(*check));
  return exit_code(*check, *snapshot, arguments.has("strict"));
}

constexpr auto flags = std::to_array<Flag>({
    {.name = "kubernetes",
     .value = "VERSION",
     .help = "Functions, syntax and fields of this Kubernetes version (default: newest)"},
    {.name = "strict", .value = "", .help = "Warnings count as errors"},
    {.name = "format", .value = "FORMAT", .help = "Format of the problems", .choices = formats, .letter = 'f'},
});

}  // namespace

constinit const Command policy_check_command{
    .name = "policy-check",
    .arguments = "PATH...",
    .summary = "Check the types in admission policies against every kind that they match",
    .details =
        "Also `kastell policy check`. Every expression of validating and mutating policies is compiled as the API "
        "server\n"
        "does, and then with the schema of each kind that the policy matches (docs/policies.md).\n"
        "Exit codes: 0 sound, 1 errors, 2 wrong usage or an unreadable policy, 3 incomplete.",
    .flags = flags,
    .least_arguments = 1,
    .most_arguments = static_cast<std::size_t>(-1),
    .completes = Completes::files,
    .run = run};

}  // namespace kastell::cli
