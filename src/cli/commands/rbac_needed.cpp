// `kastell rbac-needed`: the least ClusterRole that lets `scan --cluster` see all that the chosen controls read.

#include <algorithm>
#include <array>

#include "cli/commands/commands.h"
#include "cli/commands/selection_flags.h"
#include "cli/terminal/console.h"
#include "policy/resources_needed.h"

namespace kastell::cli {

namespace {

using policy::ResourceNeed;

constexpr std::array<std::string_view, 2> formats = {"yaml", "json"};

// One rule of the role: resources of one API group.
struct RoleRule {
  std::string group;
  bool custom;
  std::vector<std::string> resources;
};

// Built-in groups first. A group has both kinds of resources only if a control names a kind that Kubernetes lacks.
std::vector<RoleRule> rules_of(const std::vector<ResourceNeed>& needs) {
  std::vector<RoleRule> rules;
  for (const bool custom : {false, true}) {
    for (const ResourceNeed& need : needs) {
      if (need.custom != custom) continue;
      if (rules.empty() || rules.back().group != need.group || rules.back().custom != custom) {
        rules.push_back({need.group, custom, {}});
      }
      rules.back().resources.push_back(need.resource);
    }
  }
  return rules;
}

// As YAML reads them and JSON writes them.
std::string quoted_list(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out.append(out.empty() ? "[\"" : ",\"").append(text).append("\"");
  return out += ']';
}

std::string as_json(const std::vector<RoleRule>& rules) {
  std::string out =
      "{\"apiVersion\":\"rbac.authorization.k8s.io/"
      "v1\",\"kind\":\"ClusterRole\",\"metadata\":{\"name\":\"kastell-scan\"},\"rules\":[";
  for (const RoleRule& rule : rules) {
    out.append(out.back() == '[' ? "\n" : ",\n");
    out.append("{\"apiGroups\":").append(quoted_list({rule.group}));
    out.append(",\"resources\":").append(quoted_list(rule.resources)).append(",\"verbs\":[\"list\"]}");
  }
  return out += "\n]}\n";
}

std::string as_yaml(const std::vector<RoleRule>& rules, bool lists_secrets) {
  std::string out =
      "# The least that a scan of a cluster needs: each resource is listed once, nothing is written or watched.\n"
      "# Discovery and the server's version come with system:discovery, which every authenticated user has.\n";
  if (lists_secrets) {
    out +=
        "# RBAC cannot tell metadata from data: who may list secrets may read them. Kastell asks for metadata only.\n";
  }
  out += "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: kastell-scan\nrules:\n";
  bool told = false;
  for (const RoleRule& rule : rules) {
    if (rule.custom && !told)
      out += "  # Custom resources that carry pods: strike out what your cluster does not have.\n";
    told = told || rule.custom;
    out.append("  - apiGroups: ").append(quoted_list({rule.group})).append("\n    resources:\n");
    for (const std::string& resource : rule.resources) out.append("      - ").append(resource).append("\n");
    out += "    verbs: [\"list\"]\n";
  }
  return out;
}

Result<int> run(const Arguments& arguments, Console& console) {
  const auto catalog = policy::Catalog::embedded(std::make_shared<SymbolTable>(), policy::Catalog::Examples::left_out);
  if (!catalog) return std::unexpected(catalog.error());
  const auto options = read_selection(arguments);
  if (!options) return std::unexpected(options.error());
  const auto needs = policy::resources_needed(*catalog, *options);
  if (!needs) return std::unexpected(needs.error());
  const auto rules = rules_of(*needs);
  const bool lists_secrets = std::ranges::any_of(*needs, &ResourceNeed::metadata_only);
  console.write_out(arguments.value("format") == "json" ? as_json(rules) : as_yaml(rules, lists_secrets));
  return 0;
}

constexpr auto flags =
    joined(selection_flags,
           std::to_array<Flag>({
               {.name = "format", .value = "FORMAT", .help = "Format of the role", .choices = formats, .letter = 'f'},
           }));

}  // namespace

constinit const Command rbac_needed_command{
    .name = "rbac-needed",
    .arguments = "",
    .summary = "Print the least ClusterRole that a scan of a cluster needs",
    .details =
        "Without flags for all controls that `scan` runs by itself; the flags that choose controls are those of scan.",
    .flags = flags,
    .run = run};

}  // namespace kastell::cli
