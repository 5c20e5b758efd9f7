#include "cli/help.h"

#include "cli/commands/commands.h"
#include "cli/terminal/console.h"

namespace kastell::cli {

namespace {

Result<int> run(const Arguments& arguments, Console& console) {
  if (arguments.positional().empty()) {
    console.write_out(overview_help(all_commands(), console.program));
    return 0;
  }
  const Command* command = find_command(arguments.positional().front());
  if (command == nullptr) return unknown_command(arguments.positional().front());
  console.write_out(command_help(*command, console.program));
  return 0;
}

}  // namespace

constinit const Command help_command{.name = "help",
                                     .arguments = "[COMMAND]",
                                     .summary = "Explain the program or one command",
                                     .details = "",
                                     .flags = {},
                                     .most_arguments = 1,
                                     .run = run};

}  // namespace kastell::cli
