#include "cli/commands/cluster_flags.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/machine.h"
#include "collect/cluster.h"
#include "kube/client/kubeconfig.h"
#include "kube/client/reader.h"
#include "policy/resources_needed.h"

namespace kastell::cli {

namespace {

constexpr unsigned most_qps = 10'000;

std::vector<collect::WantedResource> wanted_of(std::vector<policy::ResourceNeed> needs) {
  std::vector<collect::WantedResource> wanted;
  for (policy::ResourceNeed& need : needs) {
    wanted.push_back({.group = std::move(need.group),
                      .kind = std::move(need.kind),
                      .resource = std::move(need.resource),
                      .version = std::move(need.version),
                      .namespaced = need.namespaced,
                      .metadata_only = need.metadata_only});
  }
  return wanted;
}

// A name goes into paths and selectors: what cannot be one is not sent (RFC 1123 label).
Result<void> check_namespaces(const std::vector<std::string>& names) {
  constexpr std::size_t longest = 63;
  for (const std::string& name : names) {
    const bool plain = std::ranges::all_of(name, [](char c) { return is_lower_alphanumeric(c) || c == '-'; });
    if (name.empty() || name.size() > longest || !plain || name.front() == '-' || name.back() == '-') {
      return failure(ErrorCode::usage, "\"" + name + "\" cannot be the name of a namespace");
    }
  }
  return {};
}

}  // namespace

Result<ClusterRequest> read_cluster_request(const Arguments& arguments) {
  ClusterRequest request{.wanted = arguments.has("cluster"),
                         .context = std::string(arguments.value("context")),
                         .kubeconfig = std::string(arguments.value("kubeconfig")),
                         .namespaces = arguments.values("namespace"),
                         .exclude_namespaces = arguments.values("exclude-namespace")};
  for (const Flag& flag : cluster_flags) {
    if (!request.wanted && arguments.has(flag.name)) {
      return failure(ErrorCode::usage, "--" + std::string(flag.name) + " goes with --cluster");
    }
  }
  if (!request.namespaces.empty() && !request.exclude_namespaces.empty()) {
    return failure(ErrorCode::usage,
                   "--namespace already leaves out all others: --exclude-namespace has no place beside it");
  }
  for (const auto* names : {&request.namespaces, &request.exclude_namespaces}) {
    if (auto checked = check_namespaces(*names); !checked) return std::unexpected(checked.error());
  }
  if (arguments.has("qps")) {
    const auto qps = parse_number("qps", arguments.value("qps"), 1, most_qps);
    if (!qps) return std::unexpected(qps.error());
    request.qps = *qps;
  }
  return request;
}

Result<snapshot::Snapshot> collect_from_cluster(const ClusterRequest& request, const policy::Catalog& catalog,
                                                const policy::ScanOptions& options,
                                                const std::shared_ptr<SymbolTable>& symbols, Progress& progress) {
  auto needs = policy::resources_needed(catalog, options);
  if (!needs) return std::unexpected(needs.error());
  const Machine& machine = this_machine();
  const auto access = client::find_access({.file = request.kubeconfig, .context = request.context}, machine);
  if (!access) return std::unexpected(access.error());
  const auto reader =
      client::ApiReader::connect(*access, machine, {.qps = static_cast<double>(request.qps), .burst = 2 * request.qps});
  if (!reader) return std::unexpected(reader.error());
  collect::ClusterOptions wanted{.resources = wanted_of(std::move(*needs)),
                                 .namespaces = request.namespaces,
                                 .exclude_namespaces = request.exclude_namespaces};
  wanted.progress = [&progress](std::size_t listed, std::size_t all, std::size_t objects) {
    progress.show("listing (" + std::to_string(objects) + " objects)", listed, all, "resources");
  };
  return collect::collect_cluster(**reader, wanted, symbols);
}

}  // namespace kastell::cli
