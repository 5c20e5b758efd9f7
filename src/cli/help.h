// Help texts, made from the table of commands. `program` is what was typed to get here: "kastell", "kubectl kastell".
#pragma once

#include <string>

#include "cli/command_line.h"

namespace kastell::cli {

std::string overview_help(std::span<const Command* const> commands, std::string_view program);
// Of the commands whose names begin with a word in common, `policy-check` and the like; empty if there are none.
std::string group_help(std::span<const Command* const> commands, std::string_view word, std::string_view program);
std::string command_help(const Command& command, std::string_view program);

}  // namespace kastell::cli
