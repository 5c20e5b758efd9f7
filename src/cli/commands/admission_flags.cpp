#include "cli/commands/admission_flags.h"

namespace kastell::cli {

Result<cel::KubernetesVersion> read_kubernetes_version(const Arguments& arguments) {
  if (!arguments.has("kubernetes")) return cel::newest_kubernetes;
  const auto version = cel::parse_kubernetes_version(arguments.value("kubernetes"));
  if (version) return *version;
  return failure(ErrorCode::usage,
                 "--kubernetes wants a version such as 1.30, not " + std::string(arguments.value("kubernetes")));
}

}  // namespace kastell::cli
