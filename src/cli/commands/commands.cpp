#include "cli/commands/commands.h"

#include <algorithm>
#include <array>
#include <vector>

namespace kastell::cli {

std::span<const Command* const> all_commands() {
  static constexpr auto commands = std::to_array<const Command*>(
      {&scan_command, &collect_command, &diff_command, &controls_command, &explain_command, &guide_command,
       &rbac_needed_command, &admit_command, &policy_export_command, &policy_check_command, &policy_test_command,
       &policy_replay_command, &eval_command, &version_command, &completion_command, &help_command});
  return commands;
}

const Command* find_command(std::string_view name) {
  const auto commands = all_commands();
  const auto found = std::ranges::find_if(commands, [name](const Command* command) { return command->name == name; });
  return found == commands.end() ? nullptr : *found;
}

const Command* find_command(std::string_view first, std::string_view second) {
  return find_command(std::string(first).append("-").append(second));
}

std::unexpected<Error> unknown_command(std::string_view name) {
  std::vector<std::string_view> names;
  std::string longer;
  for (const Command* command : all_commands()) {
    if (!command->name.starts_with(std::string(name) + "-")) continue;
    longer.append(longer.empty() ? "" : ", ").append(command->name);
  }
  if (!longer.empty()) {
    return failure(ErrorCode::usage, "unknown command '" + std::string(name) + "'; there are " + longer);
  }
  for (const Command* command : all_commands()) names.push_back(command->name);
  return failure(ErrorCode::usage, unknown("command", name, names));
}

}  // namespace kastell::cli
