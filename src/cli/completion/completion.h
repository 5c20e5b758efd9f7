// Completion scripts for shells, made from the table of commands.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command_line.h"

namespace kastell::cli::completion {

// Names that come out of the catalogue.
struct Names {
  std::vector<std::string_view> controls, frameworks, appendices;

  // The words that the catalogue has for a place; empty if there are none.
  std::span<const std::string_view> of(Completes completes) const;
};

// Whether the names of files may stand at a place.
constexpr bool takes_files(Completes completes) {
  return completes == Completes::files || completes == Completes::files_or_appendices;
}

std::string bash(std::span<const Command* const> commands, const Names& names);
std::string zsh(std::span<const Command* const> commands, const Names& names);
// The answer to kubectl, which asks a plugin's kubectl_complete-NAME with the words so far, the last one unfinished: a
// candidate with its description per line, then ":" and a number, 4 unless files may be meant too.
std::string kubectl(std::span<const Command* const> commands, const Names& names,
                    std::span<const std::string_view> words);
std::string fish(std::span<const Command* const> commands, const Names& names);

}  // namespace kastell::cli::completion
