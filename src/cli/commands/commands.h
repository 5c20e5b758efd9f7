// All commands, in the order of the overview.
#pragma once

#include <span>

#include "cli/command_line.h"

namespace kastell::cli {

extern const Command scan_command, collect_command, diff_command, controls_command, explain_command, guide_command,
    rbac_needed_command, admit_command, policy_export_command, policy_check_command, policy_test_command,
    policy_replay_command, eval_command, version_command, completion_command, help_command;

std::span<const Command* const> all_commands();
const Command* find_command(std::string_view name);
// Whether a first word that is no command makes one with the second: `policy export` is `policy-export`.
const Command* find_command(std::string_view first, std::string_view second);
// The error for a name that is no command, with a suggestion.
std::unexpected<Error> unknown_command(std::string_view name);

// What kubectl asks a plugin's completion: the words after `kubectl kastell`, the last one unfinished.
int run_kubectl_completion(std::span<const std::string_view> words, Console& console);

// The program's own version: "0.1.0".
std::string_view program_version();

}  // namespace kastell::cli
