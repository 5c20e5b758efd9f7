// Flags that the commands about admission policies share.
#pragma once

#include "base/result.h"
#include "cel/environment.h"
#include "cli/command_line.h"

namespace kastell::cli {

// --kubernetes; the newest version if it is not given.
Result<cel::KubernetesVersion> read_kubernetes_version(const Arguments& arguments);

}  // namespace kastell::cli
