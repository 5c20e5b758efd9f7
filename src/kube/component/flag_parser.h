// Arguments → the flags they set, by the rules of the component's own flag parser.
#pragma once

#include <vector>

#include "kube/component/flag_table.h"

namespace kastell::kube {

// One argument after $(VARIABLE) was replaced.
struct Argument {
  std::string_view text;
  PathView place;            // in the object
  std::string_view missing;  // not empty: what comes at the end of `text` is not in the input, and why
};

// One occurrence of a flag.
struct WrittenFlag {
  Symbol name;
  const FlagSpec* spec = nullptr;  // null: no version of the component has such a flag
  std::string_view text = {};
  PathView place = {};
  std::string_view missing = {};  // not empty: the value is not known, and why
};

struct ParsedFlags {
  std::vector<WrittenFlag> flags;    // in their order
  std::vector<SettingError> errors;  // what the parser refuses; the component would not start
  std::string_view unknown_rest;     // an argument that may be any flag
};

ParsedFlags parse_flags(std::span<const Argument> arguments, const ComponentSpec& spec,
                        std::optional<ComponentVersion> version, SymbolTable& symbols, Arena& arena);

// Whether a flag is known to some versions only, so that without a version nobody can tell whether it is refused.
bool depends_on_version(std::span<const FlagSpec> same_name);

// For a flag of the table that the version does not have. Empty if it has it.
std::string_view version_problem(std::span<const FlagSpec> same_name, std::optional<ComponentVersion> version);

}  // namespace kastell::kube
