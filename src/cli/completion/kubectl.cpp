// What kubectl asks of kubectl_complete-kastell (k8s.io/kubectl/pkg/util/completion, cobra's protocol).

#include <algorithm>
#include <utility>

#include "cli/completion/completion.h"

namespace kastell::cli::completion {

namespace {

// Cobra's ShellCompDirective.
constexpr std::string_view files_may_follow = ":0\n", no_files = ":4\n";

class Candidates {
 public:
  explicit Candidates(std::string_view begun) : begun_(begun) {}

  void add(std::string_view word, std::string_view description = {}) {
    if (!word.starts_with(begun_)) return;
    lines_.append(word);
    if (!description.empty()) lines_.append("\t").append(description);
    lines_ += '\n';
  }
  template <typename Words>
  void add_all(const Words& words) {
    for (const std::string_view word : words) add(word);
  }
  std::string finish(bool files) && { return std::move(lines_) += files ? files_may_follow : no_files; }

 private:
  std::string_view begun_;
  std::string lines_;
};

// The flag whose value is being typed, if the word before is one.
const Flag* find_open_flag(const Command& command, std::span<const std::string_view> words) {
  if (words.size() < 2 || !words[words.size() - 2].starts_with("--")) return nullptr;
  const std::string_view name = words[words.size() - 2].substr(2);
  const auto flag = std::ranges::find(command.flags, name, &Flag::name);
  return flag == command.flags.end() || flag->value.empty() ? nullptr : &*flag;
}

void add_values(Candidates& candidates, std::span<const std::string_view> choices, Completes completes,
                const Names& names) {
  candidates.add_all(choices);
  candidates.add_all(names.of(completes));
}

}  // namespace

std::string kubectl(std::span<const Command* const> commands, const Names& names,
                    std::span<const std::string_view> words) {
  Candidates candidates(words.empty() ? std::string_view{} : words.back());
  const auto add_commands = [&] {
    for (const Command* command : commands) candidates.add(command->name, command->summary);
  };
  if (words.size() < 2) return add_commands(), std::move(candidates).finish(false);
  const auto at = std::ranges::find_if(commands, [&](const Command* command) { return command->name == words[0]; });
  if (at == commands.end()) return std::move(candidates).finish(false);
  const Command& command = **at;
  if (const Flag* flag = find_open_flag(command, words.subspan(1))) {
    add_values(candidates, flag->choices, flag->completes, names);
    return std::move(candidates).finish(takes_files(flag->completes));
  }
  if (words.back().starts_with('-')) {
    for (const auto flags : {command.flags, common_flags()}) {
      for (const Flag& flag : flags) candidates.add("--" + std::string(flag.name), flag.help);
    }
    return std::move(candidates).finish(false);
  }
  if (command.name == "help") add_commands();
  add_values(candidates, command.choices, command.completes, names);
  return std::move(candidates).finish(takes_files(command.completes));
}

}  // namespace kastell::cli::completion
