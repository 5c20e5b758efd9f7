#include "cli/run.h"

#include <csignal>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands/commands.h"
#include "cli/help.h"
#include "cli/terminal/console.h"

namespace kastell::cli {

namespace {

enum ExitCode : int { clean = 0, findings = 1, wrong_usage = 2, incomplete = 3, bug = 4 };

// The one table from failures to exit codes.
int exit_code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
    case ErrorCode::not_found:
    case ErrorCode::unsupported:
    case ErrorCode::type: return wrong_usage;
    case ErrorCode::evaluation: return findings;
    case ErrorCode::unreadable:
    case ErrorCode::syntax:
    case ErrorCode::limit: return incomplete;
    case ErrorCode::internal: break;
  }
  return bug;
}

int complain(const Console& console, const Error& error, std::string_view command) {
  std::string text = "kastell: " + to_string(error) + "\n";
  if (error.code == ErrorCode::usage) {
    text.append("`")
        .append(console.program)
        .append(" ")
        .append(command)
        .append(command.empty() ? "" : " ")
        .append("--help` explains more.\n");
  }
  console.write_err(text);
  return exit_code_of(error.code);
}

int run_command(const Command& command, std::span<const std::string_view> words, Console& console) {
  const auto arguments = parse_arguments(command, words);
  if (!arguments) return complain(console, arguments.error(), command.name);
  if (arguments->has("help")) {
    console.write_out(command_help(command, console.program));
    return clean;
  }
  const auto code = command.run(*arguments, console);
  return code ? *code : complain(console, code.error(), command.name);
}

// Spellings that people try first.
std::string_view command_name(std::string_view word) {
  if (word == "--help" || word == "-h") return "help";
  if (word == "--version" || word == "-V") return "version";
  return word;
}

// `kastell policy`, without saying what of it: as `kastell` alone, or asked for help. Nothing for other words.
std::optional<int> run_group(std::string_view name, std::span<const std::string_view> words, Console& console) {
  const bool asks = words.size() == 1 && command_name(words.front()) == "help";
  const std::string help = words.empty() || asks ? group_help(all_commands(), name, console.program) : std::string{};
  if (help.empty()) return std::nullopt;
  if (!asks) {
    console.write_err(help);
    return wrong_usage;
  }
  console.write_out(help);
  return clean;
}

int run_words(std::span<const std::string_view> words, Console& console) {
  if (words.empty()) {
    console.write_err(overview_help(all_commands(), console.program));
    return wrong_usage;
  }
  const std::string_view name = command_name(words.front());
  const Command* command = find_command(name);
  if (command != nullptr) return run_command(*command, words.subspan(1), console);
  command = words.size() > 1 ? find_command(name, words[1]) : nullptr;
  if (command != nullptr) return run_command(*command, words.subspan(2), console);
  if (const auto code = run_group(name, words.subspan(1), console)) return *code;
  return complain(console, unknown_command(name).error(), "");
}

// By which name the program was called. `kubectl kastell` starts kubectl-kastell, and asks kubectl_complete-kastell
// what may come next.
std::string_view called_name(std::span<char*> arguments) {
  const std::string_view path = arguments.empty() ? std::string_view{} : std::string_view(arguments[0]);
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

int run(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that leaves early ends the writing, not the verdict
  Console console = Console::of_process();
  try {
    const std::string_view name = called_name({argv, static_cast<std::size_t>(argc)});
    const std::vector<std::string_view> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    if (name == "kubectl_complete-kastell") return run_kubectl_completion(words, console);
    if (name == "kubectl-kastell") console.program = "kubectl kastell";
    return run_words(words, console);
  } catch (const std::bad_alloc&) {
    console.write_err("kastell: out of memory\n");
    return incomplete;
  } catch (const std::exception& exception) {
    console.write_err(std::string("kastell: a bug in Kastell, please report it: ") + exception.what() + "\n");
  }
  return bug;
}

}  // namespace kastell::cli
