// Which controls a scan runs.
#pragma once

#include "policy/scan.h"

namespace kastell::policy {

struct Selection {
  std::vector<const Control*> controls;  // by id
  cel::KubernetesVersion version;        // of the policy, for rules with a range of versions
};
// Without anything asked for, the guide's controls. With a Pod Security level exactly its checks, and beside them
// what `controls` or `frameworks` name.
Result<Selection> select_controls(const Catalog& catalog, const ScanOptions& options);

// '*' any text, '?' one character.
bool matches_glob(std::string_view pattern, std::string_view text);

}  // namespace kastell::policy
