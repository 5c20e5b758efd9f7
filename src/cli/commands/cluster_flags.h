// The flags that name a live cluster, for every command that reads one, and the reading itself.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/command_line.h"
#include "cli/terminal/progress.h"
#include "policy/control.h"
#include "policy/scan.h"
#include "snapshot/snapshot.h"

namespace kastell::cli {

inline constexpr auto cluster_flags = std::to_array<Flag>({
    {.name = "cluster", .value = "", .help = "Read the cluster of the kubeconfig's current context instead of files"},
    {.name = "context", .value = "NAME", .help = "With --cluster: another context of the kubeconfig"},
    {.name = "kubeconfig",
     .value = "FILE",
     .help = "With --cluster: the kubeconfig (default: $KUBECONFIG, then ~/.kube/config)",
     .completes = Completes::files},
    {.name = "namespace",
     .value = "NAME",
     .help = "With --cluster: only this namespace; what has none is read all the same",
     .letter = 'n',
     .repeatable = true,
     .comma_separated = true},
    {.name = "exclude-namespace",
     .value = "NAME",
     .help = "With --cluster: all namespaces but this one",
     .repeatable = true,
     .comma_separated = true},
    {.name = "qps", .value = "N", .help = "With --cluster: at most so many requests per second (default 50)"},
});

struct ClusterRequest {
  bool wanted = false;
  std::string context, kubeconfig;
  std::vector<std::string> namespaces, exclude_namespaces;
  unsigned qps = 50;
};

// Errors (usage): a flag of these without --cluster, a number that is none, both --namespace and --exclude-namespace.
Result<ClusterRequest> read_cluster_request(const Arguments& arguments);

// What the controls of `options` need of the cluster.
Result<snapshot::Snapshot> collect_from_cluster(const ClusterRequest& request, const policy::Catalog& catalog,
                                                const policy::ScanOptions& options,
                                                const std::shared_ptr<SymbolTable>& symbols, Progress& progress);

}  // namespace kastell::cli
