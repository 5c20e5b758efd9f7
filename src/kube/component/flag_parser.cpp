#include "kube/component/flag_parser.h"

#include <algorithm>
#include <string>

namespace kastell::kube {

namespace {

constexpr std::string_view unknown_flag = "is a flag that the component does not know";

class Parser {
 public:
  Parser(std::span<const Argument> arguments, const ComponentSpec& spec, std::optional<ComponentVersion> version,
         SymbolTable& symbols, Arena& arena)
      : arguments_(arguments), spec_(spec), version_(version), symbols_(symbols), arena_(arena) {}

  ParsedFlags parse() && {
    while (at_ < arguments_.size()) {
      const Argument& argument = arguments_[at_++];
      if (argument.text == "--") {
        rest_is_positional();
      } else if (!argument.missing.empty() && argument.text.find('=') == std::string_view::npos) {
        parsed_.unknown_rest = argument.missing;
      } else if (argument.text.size() < 2 || argument.text[0] != '-') {
        positional(argument);
      } else if (argument.text[1] == '-' || spec_.parser == FlagParser::go) {
        long_flag(argument);
      } else {
        short_flags(argument);
      }
    }
    return std::move(parsed_);
  }

 private:
  void complain(const Argument& argument, std::string_view message) {
    const std::string text = "'" + std::string(argument.text) + "' " + std::string(message);
    parsed_.errors.push_back({argument.place, arena_.copy(text)});
  }

  void rest_is_positional() {
    while (at_ < arguments_.size()) positional(arguments_[at_++]);
  }

  // Kubernetes' components and etcd take none. pflag goes on behind them, Go's parser does not.
  void positional(const Argument& argument) {
    if (!argument.text.empty() && !after_unknown_) complain(argument, "is no flag; the component takes no arguments");
    after_unknown_ = false;
    if (spec_.parser == FlagParser::go) at_ = arguments_.size();
  }

  std::string_view name_of(std::string_view text) {
    if (spec_.parser == FlagParser::go || text.find('_') == std::string_view::npos) return text;
    normalised_ = text;
    std::ranges::replace(normalised_, '_', '-');
    return normalised_;
  }

  void long_flag(const Argument& argument) {
    std::string_view text = argument.text.substr(argument.text[1] == '-' ? 2 : 1);
    const std::size_t equals = text.find('=');
    const std::string_view name = name_of(text.substr(0, equals));
    if (name.empty() || name[0] == '-') return complain(argument, "is no flag");
    WrittenFlag flag{.name = symbols_.intern(name), .place = argument.place, .missing = argument.missing};
    const auto same_name = spec_.find(flag.name);
    const bool has_value = equals != std::string_view::npos;
    if (has_value) flag.text = text.substr(equals + 1);
    if (same_name.empty()) {
      if (spec_.knows_all_flags_of(version_)) complain(argument, unknown_flag);
      after_unknown_ = !has_value;
      parsed_.flags.push_back(flag);
      return;
    }
    after_unknown_ = false;
    flag.spec = spec_for(same_name, version_);
    if (flag.spec == nullptr) flag.spec = &same_name.back();
    if (const auto problem = version_problem(same_name, version_); !problem.empty()) complain(argument, problem);
    if (!has_value && !take_value(flag)) return complain(argument, "needs a value");
    parsed_.flags.push_back(flag);
  }

  // A boolean is true by its name alone; others take the next argument, whatever it looks like.
  bool take_value(WrittenFlag& flag) {
    if (flag.spec->type == FlagType::boolean) {
      flag.text = "true";
      return true;
    }
    if (at_ == arguments_.size()) return false;
    const Argument& value = arguments_[at_++];
    flag.text = value.text;
    flag.missing = value.missing;
    return true;
  }

  // The only ones of Kubernetes' components are -v LEVEL and -h.
  void short_flags(const Argument& argument) {
    if (argument.text[1] == 'h') return;
    if (argument.text[1] != 'v') return complain(argument, unknown_flag);
    WrittenFlag flag{.name = symbols_.intern("v"), .place = argument.place, .missing = argument.missing};
    const auto same_name = spec_.find(flag.name);
    if (same_name.empty()) return complain(argument, unknown_flag);
    flag.spec = &same_name.back();
    flag.text = argument.text.substr(2);
    if (flag.text.starts_with('=')) flag.text.remove_prefix(1);
    if (flag.text.empty() && !take_value(flag)) return complain(argument, "needs a value");
    parsed_.flags.push_back(flag);
  }

  std::span<const Argument> arguments_;
  const ComponentSpec& spec_;
  std::optional<ComponentVersion> version_;
  SymbolTable& symbols_;
  Arena& arena_;
  std::size_t at_ = 0;
  bool after_unknown_ = false;  // the next argument may be the value of a flag that nobody knows
  std::string normalised_;
  ParsedFlags parsed_;
};

}  // namespace

ParsedFlags parse_flags(std::span<const Argument> arguments, const ComponentSpec& spec,
                        std::optional<ComponentVersion> version, SymbolTable& symbols, Arena& arena) {
  return Parser(arguments, spec, version, symbols, arena).parse();
}

bool depends_on_version(std::span<const FlagSpec> same_name) {
  ComponentVersion known_until{};  // the table's entries of one flag follow each other
  for (const FlagSpec& spec : same_name) {
    if (known_until < spec.from) return true;
    known_until = spec.before;
  }
  return known_until < ComponentVersion{~0U, 0};
}

std::string_view version_problem(std::span<const FlagSpec> same_name, std::optional<ComponentVersion> version) {
  if (!version || same_name.empty() || spec_for(same_name, version) != nullptr) return {};
  const bool gone = std::ranges::all_of(same_name, [&](const FlagSpec& spec) { return spec.before <= *version; });
  return gone ? "is a flag that this version no longer has" : "is a flag that this version does not have yet";
}

}  // namespace kastell::kube
