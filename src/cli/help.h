// Help texts, made from the table of commands.
#pragma once

#include <string>

#include "cli/command_line.h"

namespace kastell::cli {

std::string overview_help(std::span<const Command* const> commands);
std::string command_help(const Command& command);

}  // namespace kastell::cli
