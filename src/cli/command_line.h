// The command line as a table: commands and their flags. The same rows feed the parser, the help texts and
// the shell completions, so that the three cannot disagree (docs/decisions/003-command-line.md).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kastell::cli {

// What a value names, so that a shell can complete it.
enum class Completes : std::uint8_t { nothing, files, controls, frameworks, files_or_appendices };

struct Flag {
  std::string_view name;   // "format", typed as --format
  std::string_view value;  // "FORMAT"; empty for a switch
  std::string_view help;
  std::span<const std::string_view> choices = {};  // all values there are; empty: free
  char letter = 0;                                 // 'f', typed as -f; 0 if none
  bool repeatable = false;                         // --control a --control b
  bool comma_separated = false;                    // also --control a,b
  Completes completes = Completes::nothing;
};

// A command's flags: tables that several commands share, then its own.
template <std::size_t... sizes>
constexpr std::array<Flag, (sizes + ...)> joined(const std::array<Flag, sizes>&... tables) {
  std::array<Flag, (sizes + ...)> all;
  auto at = all.begin();
  ((at = std::ranges::copy(tables, at).out), ...);
  return all;
}

struct Console;
class Arguments;

struct Command {
  std::string_view name;
  std::string_view arguments;  // "PATH...", for the usage line
  std::string_view summary;    // one line
  std::string_view details;    // paragraphs of the help; may be empty
  std::span<const Flag> flags;
  std::size_t least_arguments = 0;
  std::size_t most_arguments = 0;
  Completes completes = Completes::nothing;
  std::span<const std::string_view> choices = {};  // of the arguments
  // Does the work; the exit code, or an Error that run() prints and turns into one.
  Result<int> (*run)(const Arguments& arguments, Console& console);
};

// What stood on a command line, checked against the command's table.
class Arguments {
 public:
  const std::vector<std::string>& positional() const { return positional_; }
  bool has(std::string_view flag) const { return find(flag) != nullptr; }
  // The value of a flag that was given (the last one), or `otherwise`.
  std::string_view value(std::string_view flag, std::string_view otherwise = {}) const;
  // All values of a repeatable flag, in order.
  std::vector<std::string> values(std::string_view flag) const;

 private:
  friend class ArgumentReader;
  struct Given {
    const Flag* flag;
    std::string value;
  };
  const Given* find(std::string_view flag) const;

  std::vector<Given> given_;
  std::vector<std::string> positional_;
};

// The flags that every command has: --help.
std::span<const Flag> common_flags();

// Errors (usage): an unknown flag or value, with the nearest name; a value that is missing or too many.
Result<Arguments> parse_arguments(const Command& command, std::span<const std::string_view> words);

// "unknown WHAT WORD; did you mean NEAREST?"
std::string unknown(std::string_view what, std::string_view word, std::span<const std::string_view> known);

// A number in a flag's value. Errors (usage) name the flag and the bounds.
Result<unsigned> parse_number(std::string_view flag, std::string_view text, unsigned least, unsigned most);

}  // namespace kastell::cli
