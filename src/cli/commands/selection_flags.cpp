#include "cli/commands/selection_flags.h"

namespace kastell::cli {

Result<policy::ScanOptions> read_selection(const Arguments& arguments) {
  policy::ScanOptions options{.controls = arguments.values("control"), .frameworks = arguments.values("framework")};
  options.at_least = policy::parse_severity(arguments.value("severity"));
  if (!arguments.has("pss")) return options;
  const auto level = policy::parse_pod_security_level(arguments.value("pss"));
  if (!level) return std::unexpected(level.error());
  options.pod_security = *level;
  return options;
}

}  // namespace kastell::cli
