#include "cli/commands/selection_flags.h"

#include <algorithm>

namespace kastell::cli {

namespace {

// NAME=VALUE[,VALUE...]; several flags of one name add up.
Result<policy::Parameters> read_parameters(const Arguments& arguments) {
  policy::Parameters parameters;
  for (const std::string& text : arguments.values("param")) {
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == text.size()) {
      return failure(ErrorCode::usage, "--param takes NAME=VALUES, not '" + text + "'");
    }
    std::vector<std::string>& values = parameters[text.substr(0, sign)];
    for (std::size_t begin = sign + 1; begin <= text.size();) {
      const std::size_t end = std::min(text.find(',', begin), text.size());
      if (end > begin) values.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  return parameters;
}

}  // namespace

Result<policy::ScanOptions> read_selection(const Arguments& arguments) {
  policy::ScanOptions options{.controls = arguments.values("control"), .frameworks = arguments.values("framework")};
  auto parameters = read_parameters(arguments);
  if (!parameters) return std::unexpected(parameters.error());
  options.parameters = std::move(*parameters);
  options.at_least = policy::parse_severity(arguments.value("severity"));
  if (!arguments.has("pss")) return options;
  const auto level = policy::parse_pod_security_level(arguments.value("pss"));
  if (!level) return std::unexpected(level.error());
  options.pod_security = *level;
  return options;
}

}  // namespace kastell::cli
