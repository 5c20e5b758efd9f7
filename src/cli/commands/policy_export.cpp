// `kastell policy export`: controls as ValidatingAdmissionPolicies.

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/machine.h"
#include "cli/commands/commands.h"
#include "cli/commands/exception_flags.h"
#include "cli/commands/policy_export_comments.h"
#include "cli/commands/selection_flags.h"
#include "cli/terminal/console.h"
#include "policy/export.h"

namespace kastell::cli {

namespace {

constexpr std::array<std::string_view, 3> actions = {"deny", "warn", "audit"};

std::vector<std::string> actions_of(const Arguments& arguments) {
  std::vector<std::string> result;
  for (std::string action : arguments.values("action")) {
    action[0] = static_cast<char>(action[0] - 'a' + 'A');  // one of `actions`
    if (std::ranges::find(result, action) == result.end()) result.push_back(std::move(action));
  }
  if (result.empty()) result.emplace_back("Deny");
  return result;
}

// Both stand in the policies unquoted, so what Kubernetes would not take is refused here.
bool is_plain(std::string_view text, std::string_view others) {
  return !text.empty() &&
         std::ranges::all_of(text, [others](char c) { return is_alphanumeric(c) || others.contains(c); });
}

// A label's value: 63 letters, digits and -._ at most, letters and digits at its ends.
bool is_label_value(std::string_view text) {
  if (text.empty()) return true;
  return text.size() <= 63 && is_plain(text, "-._") && is_plain(text.substr(0, 1), "") &&
         is_plain(text.substr(text.size() - 1), "");
}

Result<void> read_names(const Arguments& arguments, policy::ExportOptions& options) {
  options.prefix = arguments.value("prefix", options.prefix);
  if (!is_plain(options.prefix, "-.") || std::ranges::any_of(options.prefix, is_upper)) {
    return failure(ErrorCode::usage, "--prefix takes small letters, digits, '-' and '.'");
  }
  for (const std::string& text : arguments.values("namespace-label")) {
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos || !is_plain(text.substr(0, sign), "-._/")) {
      return failure(ErrorCode::usage, "--namespace-label takes NAME=VALUE, not '" + text + "'");
    }
    if (!is_label_value(text.substr(sign + 1))) {
      return failure(ErrorCode::usage, "no label has the value '" + text.substr(sign + 1) + "' (--namespace-label)");
    }
    options.namespace_labels[text.substr(0, sign)] = text.substr(sign + 1);
  }
  return {};
}

Result<policy::ExportOptions> read_options(const Arguments& arguments) {
  policy::ExportOptions options{.actions = actions_of(arguments),
                                .exempt_namespaces = arguments.values("exempt-namespace"),
                                .pods_only = arguments.has("pods-only"),
                                .from_files = arguments.has("static")};
  const auto has = [&options](std::string_view action) {
    return std::ranges::find(options.actions, action) != options.actions.end();
  };
  if (has("Deny") && has("Warn")) {
    return failure(ErrorCode::usage,
                   "--action deny and --action warn exclude each other: the API server warns of what it denies");
  }
  if (const auto read = read_names(arguments, options); !read) return std::unexpected(read.error());
  if (!arguments.has("kubernetes")) return options;
  const auto version = cel::parse_kubernetes_version(arguments.value("kubernetes"));
  if (!version) return failure(ErrorCode::usage, "--kubernetes takes a version such as 1.34");
  options.target = *version;
  return options;
}

Result<int> run(const Arguments& arguments, Console& console) {
  const auto catalog = policy::Catalog::embedded(std::make_shared<SymbolTable>(), policy::Catalog::Examples::left_out);
  if (!catalog) return std::unexpected(catalog.error());
  const auto chosen = read_selection(arguments);
  if (!chosen) return std::unexpected(chosen.error());
  auto options = read_options(arguments);
  if (!options) return std::unexpected(options.error());
  auto exceptions = read_exceptions(std::string(arguments.value("exceptions")), *catalog);
  if (!exceptions) return std::unexpected(exceptions.error());
  options->exceptions = std::move(*exceptions);
  options->today = std::chrono::floor<std::chrono::days>(this_machine().wall_time());
  const auto exported = policy::export_policies(*catalog, *chosen, *options);
  if (!exported) return std::unexpected(exported.error());
  console.write_out(comments_of(*exported, *options) + policy::to_yaml(exported->policies, *options));
  console.write_err("kastell: " + summary_of(*exported) + "\n");
  return 0;
}

constexpr auto flags = joined(
    selection_flags,
    std::to_array<Flag>({
        {.name = "kubernetes",
         .value = "VERSION",
         .help = "The oldest API server that shall run the policies (default: the newest known)"},
        {.name = "action",
         .value = "ACTION",
         .help = "What happens to an object that fails (default deny)",
         .choices = actions,
         .repeatable = true,
         .comma_separated = true},
        exceptions_flag,
        {.name = "prefix", .value = "TEXT", .help = "What the policies' names begin with (default kastell-)"},
        {.name = "namespace-label",
         .value = "NAME=VALUE",
         .help = "Ask only in namespaces with this label",
         .repeatable = true},
        {.name = "exempt-namespace",
         .value = "NAME",
         .help = "Ask nothing in this namespace",
         .repeatable = true,
         .comma_separated = true},
        {.name = "pods-only", .value = "", .help = "Ask pods alone, not the pod templates of Deployments and others"},
        {.name = "static",
         .value = "",
         .help = "Name the policies as those that the API server reads from files (Kubernetes 1.36)"},
    }));

}  // namespace

constinit const Command policy_export_command{
    .name = "policy-export",
    .arguments = "",
    .summary = "Write controls as ValidatingAdmissionPolicies with their bindings",
    .details =
        "Also `kastell policy export`. The flags that choose controls are those of scan: --pss restricted, "
        "--framework\n"
        "nsa-cisa, --control 'pod.*'. What no policy can say is listed in comments at the head, with the reason.",
    .flags = flags,
    .run = run};

}  // namespace kastell::cli
