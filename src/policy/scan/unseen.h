// Controls in the dark: a kind that could not be listed has no objects to judge, and that must not pass for a kind
// without faults.
#pragma once

#include "policy/scan.h"

namespace kastell::policy {

// For every kind that the chosen controls need and that coverage says was not seen (in whole), a verdict
// `not-evaluated` per control, on behalf of the objects that may exist; and for controls all of whose kinds the cluster
// does not have, `not-applicable`. Appended to the result's findings and counts. Errors as of scan().
Result<void> add_unseen(const snapshot::Snapshot& snapshot, const Catalog& catalog, const ScanOptions& options,
                        ScanResult& result);

}  // namespace kastell::policy
