#include "cli/command_line.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/text.h"

namespace kastell::cli {

namespace {
constexpr auto every_command = std::to_array<Flag>({
    {.name = "help", .value = "", .help = "Show this help", .letter = 'h'},
});
}

std::span<const Flag> common_flags() {
  return every_command;
}

std::string unknown(std::string_view what, std::string_view word, std::span<const std::string_view> known) {
  std::string message("unknown ");
  message.append(what).append(" '").append(word).append("'");
  if (const auto near = nearest(word, known)) message.append("; did you mean '").append(*near).append("'?");
  return message;
}

Result<unsigned> parse_number(std::string_view flag, std::string_view text, unsigned least, unsigned most) {
  unsigned number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem == std::errc{} && end == text.data() + text.size() && number >= least && number <= most) return number;
  std::string message("--");
  message.append(flag).append(" wants a number from ").append(std::to_string(least));
  message.append(" to ").append(std::to_string(most)).append(", not ").append(text);
  return failure(ErrorCode::usage, std::move(message));
}

const Arguments::Given* Arguments::find(std::string_view flag) const {
  const auto found =
      std::find_if(given_.rbegin(), given_.rend(), [flag](const Given& given) { return given.flag->name == flag; });
  return found == given_.rend() ? nullptr : &*found;
}

std::string_view Arguments::value(std::string_view flag, std::string_view otherwise) const {
  const Given* given = find(flag);
  return given == nullptr ? otherwise : std::string_view(given->value);
}

std::vector<std::string> Arguments::values(std::string_view flag) const {
  std::vector<std::string> result;
  for (const Given& given : given_) {
    if (given.flag->name == flag) result.push_back(given.value);
  }
  return result;
}

// Goes over the words once; each member consumes what it recognises.
class ArgumentReader {
 public:
  ArgumentReader(const Command& command, std::span<const std::string_view> words) : command_(command), words_(words) {}

  Result<Arguments> read() {
    while (at_ < words_.size()) {
      const std::string_view word = words_[at_++];
      Result<void> taken;
      if (only_positional_ || word == "-" || !word.starts_with('-')) {
        taken = take_positional(word);
      } else if (word == "--") {
        only_positional_ = true;
      } else {
        taken = word.starts_with("--") ? take_long(word.substr(2)) : take_letters(word.substr(1));
      }
      if (!taken) return std::unexpected(taken.error());
    }
    return check_count();
  }

 private:
  const Flag* find_flag(auto&& matches) const {
    for (const auto flags : {command_.flags, common_flags()}) {
      const auto found = std::ranges::find_if(flags, matches);
      if (found != flags.end()) return &*found;
    }
    return nullptr;
  }

  Result<void> take_long(std::string_view word) {
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const Flag* flag = find_flag([name](const Flag& candidate) { return candidate.name == name; });
    if (flag == nullptr) return unknown_flag(name);
    if (equals == std::string_view::npos) return take_flag(*flag);
    if (flag->value.empty()) return usage("--" + std::string(name) + " takes no value");
    return take_value(*flag, word.substr(equals + 1));
  }

  // -q, -qf FORMAT, -fFORMAT
  Result<void> take_letters(std::string_view letters) {
    for (std::size_t i = 0; i < letters.size(); ++i) {
      const Flag* flag = find_flag([&](const Flag& candidate) { return candidate.letter == letters[i]; });
      if (flag == nullptr) return usage("unknown flag -" + std::string(1, letters[i]));
      if (!flag->value.empty() && i + 1 < letters.size()) return take_value(*flag, letters.substr(i + 1));
      if (auto taken = take_flag(*flag); !taken) return taken;
    }
    return {};
  }

  Result<void> take_flag(const Flag& flag) {
    if (flag.value.empty()) return arguments_.given_.push_back({&flag, {}}), Result<void>{};
    if (at_ == words_.size()) {
      return usage("--" + std::string(flag.name) + " wants a value: --" + std::string(flag.name) + " " +
                   std::string(flag.value));
    }
    return take_value(flag, words_[at_++]);
  }

  Result<void> take_value(const Flag& flag, std::string_view value) {
    if (!flag.comma_separated) return add_value(flag, value);
    for (std::size_t begin = 0; begin <= value.size();) {
      const std::size_t end = std::min(value.find(',', begin), value.size());
      if (auto added = add_value(flag, value.substr(begin, end - begin)); !added) return added;
      begin = end + 1;
    }
    return {};
  }

  Result<void> add_value(const Flag& flag, std::string_view value) {
    if (value.empty()) return usage("--" + std::string(flag.name) + " wants a value, not an empty text");
    if (!flag.choices.empty() && std::ranges::find(flag.choices, value) == flag.choices.end()) {
      return usage(unknown(flag.name, value, flag.choices) + one_of(flag.choices));
    }
    if (!flag.repeatable && arguments_.has(flag.name)) return usage("--" + std::string(flag.name) + " is given twice");
    arguments_.given_.push_back({&flag, std::string(value)});
    return {};
  }

  static std::string one_of(std::span<const std::string_view> choices) {
    std::string text(" (one of ");
    for (const std::string_view choice : choices) {
      text.append(choice).append(choice.data() == choices.back().data() ? ")" : ", ");
    }
    return text;
  }

  Result<void> take_positional(std::string_view word) {
    if (arguments_.positional_.size() == command_.most_arguments) {
      return usage("unexpected argument " + std::string(word));
    }
    if (!command_.choices.empty() && std::ranges::find(command_.choices, word) == command_.choices.end()) {
      return usage(unknown(command_.arguments, word, command_.choices) + one_of(command_.choices));
    }
    arguments_.positional_.emplace_back(word);
    return {};
  }

  Result<void> unknown_flag(std::string_view name) const {
    std::vector<std::string> typed;
    for (const auto flags : {command_.flags, common_flags()}) {
      for (const Flag& flag : flags) typed.push_back("--" + std::string(flag.name));
    }
    const std::vector<std::string_view> known(typed.begin(), typed.end());
    return usage(unknown("flag", "--" + std::string(name), known));
  }

  Result<Arguments> check_count() {
    const bool helped = arguments_.has("help");
    if (!helped && arguments_.positional_.size() < command_.least_arguments) {
      return std::unexpected(usage("missing argument " + std::string(command_.arguments)).error());
    }
    return std::move(arguments_);
  }

  static Result<void> usage(std::string message) { return failure(ErrorCode::usage, std::move(message)); }

  const Command& command_;
  std::span<const std::string_view> words_;
  std::size_t at_ = 0;
  bool only_positional_ = false;
  Arguments arguments_;
};

Result<Arguments> parse_arguments(const Command& command, std::span<const std::string_view> words) {
  return ArgumentReader(command, words).read();
}

}  // namespace kastell::cli
