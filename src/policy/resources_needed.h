// What controls read: the API resources of a scan.
//
// The one table from controls to kinds. A collector lists exactly these; `kastell rbac-needed` grants exactly these;
// a test takes every other kind away and wants the same verdicts (tests/policy/resources_needed_slow_test.cpp).
//
//   auto needs = resources_needed(*catalog, {.controls = {"pod.*"}});
//   for (const ResourceNeed& need : *needs) list(need.group, need.resource, need.metadata_only);
#pragma once

#include <string>
#include <vector>

#include "policy/scan.h"

namespace kastell::policy {

struct ResourceNeed {
  std::string group, kind, resource;  // "apps", "Deployment", "deployments"
  std::string version;                // whose fields the controls are written for; empty: whatever is served
  bool namespaced = true;
  bool metadata_only = false;  // no control reads more than metadata: a Secret's data is not to be asked for
  bool custom = false;         // a custom resource: absent from most clusters
  std::vector<const Control*> controls = {};  // that read it, by id
};

// For the controls that scan() would run with these options; sorted by group and resource. Workload kinds come whole
// with each pod control: which of them owns a pod is known only when all are seen. Errors as of scan().
Result<std::vector<ResourceNeed>> resources_needed(const Catalog& catalog, const ScanOptions& options);

}  // namespace kastell::policy
