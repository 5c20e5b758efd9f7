#include "cli/help.h"

#include <algorithm>

namespace kastell::cli {

namespace {

void append_padded(std::string& out, std::string_view text, std::size_t width) {
  out.append("  ").append(text);
  out.append(text.size() < width ? width - text.size() : 0, ' ').append("  ");
}

// "-f, --format FORMAT"
std::string typed(const Flag& flag) {
  std::string text = flag.letter == 0 ? "    " : std::string("-") + flag.letter + ", ";
  text.append("--").append(flag.name);
  if (!flag.value.empty()) text.append(" ").append(flag.value);
  return text;
}

std::string explained(const Flag& flag) {
  std::string text(flag.help);
  if (!flag.choices.empty()) {
    text += ": ";
    for (const std::string_view choice : flag.choices) {
      text.append(choice.data() == flag.choices.front().data() ? "" : ", ").append(choice);
    }
  }
  if (flag.comma_separated) text += " (several: A,B)";
  if (flag.repeatable && !flag.comma_separated) text += " (may be given several times)";
  return text;
}

}  // namespace

std::string overview_help(std::span<const Command* const> commands, std::string_view program) {
  std::string text =
      "Kastell checks Kubernetes manifests and clusters against the NSA/CISA Kubernetes Hardening Guidance\n"
      "and the Pod Security Standards.\n\nusage: ";
  text.append(program).append(" COMMAND [arguments]\n\ncommands:\n");
  for (const Command* command : commands) {
    append_padded(text, command->name, 11);
    text.append(command->summary).append("\n");
  }
  text.append("\n`").append(program);
  return text +
         " COMMAND --help` explains a command. Exit codes: 0 clean, 1 findings at or above the\n"
         "threshold, 2 wrong usage, 3 incomplete (something could not be read), 4 a bug in Kastell.\n";
}

std::string group_help(std::span<const Command* const> commands, std::string_view word, std::string_view program) {
  const std::string prefix = std::string(word) + "-";
  std::string rows;
  for (const Command* command : commands) {
    if (!command->name.starts_with(prefix)) continue;
    append_padded(rows, command->name.substr(prefix.size()), 11);
    rows.append(command->summary).append("\n");
  }
  if (rows.empty()) return rows;
  const std::string called = std::string(program) + " " + std::string(word);
  return "usage: " + called + " COMMAND [arguments]\n\ncommands:\n" + rows + "\n`" + called +
         " COMMAND --help` explains a command.\n";
}

std::string command_help(const Command& command, std::string_view program) {
  std::string text("usage: ");
  text.append(program).append(" ").append(command.name).append(command.flags.empty() ? "" : " [flags]");
  if (!command.arguments.empty()) text.append(" ").append(command.arguments);
  text.append("\n\n").append(command.summary).append(".\n");
  if (!command.details.empty()) text.append("\n").append(command.details).append("\n");
  text += "\nflags:\n";
  std::size_t width = 0;
  for (const auto flags : {command.flags, common_flags()}) {
    for (const Flag& flag : flags) width = std::max(width, typed(flag).size());
  }
  for (const auto flags : {command.flags, common_flags()}) {
    for (const Flag& flag : flags) {
      append_padded(text, typed(flag), width);
      text.append(explained(flag)).append("\n");
    }
  }
  return text;
}

}  // namespace kastell::cli
