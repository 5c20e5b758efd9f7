#include <string>

#include "cel/environment.h"
#include "cli/commands/commands.h"
#include "cli/terminal/console.h"

namespace kastell::cli {

std::string_view program_version() {
  return KASTELL_VERSION;
}

namespace {

Result<int> run(const Arguments&, Console& console) {
  const auto [major, minor] = cel::newest_kubernetes;
  std::string text("kastell ");
  text.append(program_version()).append("\nknows Kubernetes up to ");
  text.append(std::to_string(major)).append(".").append(std::to_string(minor)).append("\n");
  console.write_out(text);
  return 0;
}

}  // namespace

constinit const Command version_command{.name = "version",
                                        .arguments = "",
                                        .summary = "Show the program's version and the newest Kubernetes it knows",
                                        .details = "",
                                        .flags = {},
                                        .run = run};

}  // namespace kastell::cli
