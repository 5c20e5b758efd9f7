// Collecting from a live cluster: the resources asked for, each listed once → a snapshot.
//
//   auto reader = client::ApiReader::connect(access, this_machine());
//   auto snapshot = collect_cluster(**reader, {.resources = …}, symbols);
//
// What could not be listed is coverage (`unreadable`, with what the server said), what the server does not have is
// `absent`, and what was left out because of its namespace is `skipped`: nothing is missing in silence. The world is
// closed: what is not there does not exist, as far as coverage goes. The version and the platform of the server are
// facts ("server.version", "server.platform").
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/symbol.h"
#include "kube/client/reader.h"
#include "snapshot/snapshot.h"

namespace kastell::collect {

struct WantedResource {
  std::string group, kind, resource;  // "apps", "Deployment", "deployments"
  std::string version = {};           // wanted if it is served; else the server's preferred one is taken
  bool namespaced = true;
  bool metadata_only = false;  // ask for metadata alone: values of Secrets never leave the server
};

struct ClusterOptions {
  std::vector<WantedResource> resources;  // each once
  // Only these namespaces, or all but those. Cluster-scoped resources are listed in any case (of Namespaces the chosen
  // ones; one that is not there is `partial` coverage). A name given twice counts once.
  std::vector<std::string> namespaces = {};
  std::vector<std::string> exclude_namespaces = {};
  unsigned in_flight = 4;  // lists at the same time
  // Called from one thread at a time: lists done, lists in all, objects so far. May be empty.
  std::function<void(std::size_t listed, std::size_t all, std::size_t objects)> progress = {};
};

// Objects come by resource in the order asked for, then as the server gives them (by namespace and name). Errors: the
// server cannot be reached, or does not let us see what it serves.
Result<snapshot::Snapshot> collect_cluster(client::ApiReader& reader, const ClusterOptions& options,
                                           std::shared_ptr<SymbolTable> symbols);

}  // namespace kastell::collect
