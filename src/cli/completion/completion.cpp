#include "cli/completion/completion.h"

namespace kastell::cli::completion {

namespace {

template <typename Texts>
std::string joined(const Texts& texts) {
  std::string result;
  for (const std::string_view text : texts) result.append(result.empty() ? "" : " ").append(text);
  return result;
}

// The fixed words that may stand at a place; empty if there are none.
std::string words_of(std::span<const std::string_view> choices, Completes completes, const Names& names) {
  return choices.empty() ? joined(names.of(completes)) : joined(choices);
}

std::string all_flags(const Command& command) {
  std::string result;
  for (const auto flags : {command.flags, common_flags()}) {
    for (const Flag& flag : flags) result.append(result.empty() ? "--" : " --").append(flag.name);
  }
  return result;
}

std::string command_names(std::span<const Command* const> commands) {
  std::string result;
  for (const Command* command : commands) result.append(result.empty() ? "" : " ").append(command->name);
  return result;
}

// Single quotes are the only thing to escape inside single quotes, in all three shells' own ways.
std::string quoted(std::string_view text, std::string_view escaped_quote) {
  std::string result("'");
  for (const char c : text) {
    if (c == '\'') {
      result += escaped_quote;
    } else {
      result += c;
    }
  }
  return result += '\'';
}

void append_bash_flag_values(std::string& out, const Command& command, const Names& names) {
  for (const Flag& flag : command.flags) {
    const std::string words = words_of(flag.choices, flag.completes, names);
    if (flag.value.empty() || (words.empty() && !takes_files(flag.completes))) continue;
    out.append("    ").append(command.name).append(":--").append(flag.name).append(") ");
    out.append(words.empty() ? "COMPREPLY=($(compgen -f -- \"$word\"))"
                             : "COMPREPLY=($(compgen -W \"" + words + "\" -- \"$word\"))");
    out.append("; return ;;\n");
  }
}

}  // namespace

std::span<const std::string_view> Names::of(Completes completes) const {
  switch (completes) {
    case Completes::controls: return controls;
    case Completes::frameworks: return frameworks;
    case Completes::files_or_appendices: return appendices;
    case Completes::nothing:
    case Completes::files: break;
  }
  return {};
}

std::string bash(std::span<const Command* const> commands, const Names& names) {
  std::string out =
      "_kastell() {\n  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} "
      "command=${COMP_WORDS[1]}\n"
      "  COMPREPLY=()\n  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    COMPREPLY=($(compgen -W \"" +
      command_names(commands) + "\" -- \"$word\"))\n    return\n  fi\n  case $command:$before in\n";
  for (const Command* command : commands) append_bash_flag_values(out, *command, names);
  out += "  esac\n  case $command:$word in\n";
  for (const Command* command : commands) {
    out.append("    ").append(command->name).append(":-*) COMPREPLY=($(compgen -W \"");
    out.append(all_flags(*command)).append("\" -- \"$word\")) ;;\n");
    const bool helps = command->name == "help";
    const std::string words = helps ? command_names(commands) : words_of(command->choices, command->completes, names);
    if (words.empty()) continue;
    out.append("    ").append(command->name).append(":*) COMPREPLY=($(compgen ");
    out.append(takes_files(command->completes) ? "-f -W \"" : "-W \"");
    out.append(words).append("\" -- \"$word\")) ;;\n");
  }
  return out +
         "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n  esac\n}\ncomplete -o filenames -F _kastell kastell\n";
}

std::string zsh(std::span<const Command* const> commands, const Names& names) {
  std::string out = "#compdef kastell\n_kastell() {\n  if (( CURRENT == 2 )); then\n    local -a commands=(\n";
  for (const Command* command : commands) {
    out.append("      ").append(quoted(std::string(command->name) + ":" + std::string(command->summary), "'\\''"));
    out += '\n';
  }
  out +=
      "    )\n    _describe command commands\n    return\n  fi\n  local command=${words[2]}\n  shift words; (( "
      "CURRENT-- ))\n"
      "  case $command in\n";
  for (const Command* command : commands) {
    out.append("    ").append(command->name).append(") _arguments");
    for (const auto flags : {command->flags, common_flags()}) {
      for (const Flag& flag : flags) {
        std::string spec(flag.repeatable ? "*--" : "--");
        spec.append(flag.name);
        if (!flag.value.empty()) {
          const std::string words = words_of(flag.choices, flag.completes, names);
          spec.append(":").append(flag.name).append(":");
          spec += words.empty() ? (takes_files(flag.completes) ? "_files" : " ") : "(" + words + ")";
        }
        out.append(" ").append(quoted(spec, "'\\''"));
      }
    }
    const std::string words =
        command->name == "help" ? command_names(commands) : words_of(command->choices, command->completes, names);
    const bool files = takes_files(command->completes);
    if (!words.empty() && files) {
      out.append(" ").append(
          quoted("*:word:{_alternative \"words:word:(" + words + ")\" \"files:file:_files\"}", "'\\''"));
    } else if (!words.empty()) {
      out.append(" ").append(quoted("*:word:(" + words + ")", "'\\''"));
    }
    if (words.empty() && files) out += " '*:file:_files'";
    out += " ;;\n";
  }
  return out + "  esac\n}\n_kastell \"$@\"\n";
}

std::string fish(std::span<const Command* const> commands, const Names& names) {
  std::string out = "complete -c kastell -f\n";
  for (const Command* command : commands) {
    out.append("complete -c kastell -n __fish_use_subcommand -a ").append(command->name).append(" -d ");
    out.append(quoted(command->summary, "\\'")).append("\n");
    const std::string within =
        "complete -c kastell -n '__fish_seen_subcommand_from " + std::string(command->name) + "'";
    for (const auto flags : {command->flags, common_flags()}) {
      for (const Flag& flag : flags) {
        out.append(within).append(" -l ").append(flag.name);
        if (flag.letter != 0) out.append(" -s ").append(1, flag.letter);
        if (!flag.value.empty()) {
          const std::string words = words_of(flag.choices, flag.completes, names);
          out += words.empty() ? (takes_files(flag.completes) ? " -r -F" : " -x") : " -x -a " + quoted(words, "\\'");
        }
        out.append(" -d ").append(quoted(flag.help, "\\'")).append("\n");
      }
    }
    const std::string words =
        command->name == "help" ? command_names(commands) : words_of(command->choices, command->completes, names);
    if (!words.empty()) out.append(within).append(" -a ").append(quoted(words, "\\'")).append("\n");
    if (takes_files(command->completes)) out.append(within).append(" -F\n");
  }
  return out;
}

}  // namespace kastell::cli::completion
