// A component's view in the making: first what is written, then the defaults, then the form that CEL sees.
#pragma once

#include <string>
#include <vector>

#include "kube/component/flag_parser.h"

namespace kastell::kube {

// Which default holds for a flag that is not written.
enum class DefaultSource : std::uint8_t {
  flag,          // the component is started by a command line
  file,          // a configuration file says nothing about it
  kubeadm_file,  // nor does one that kubeadm completes
  kubeadm,       // kubeadm writes the command line
};

// A folder of a container that is another folder of the node, or of no node.
struct Mount {
  std::string_view path;
  std::string_view source;  // "/etc/kubernetes/pki", or "volume certs:" where it is no folder of the node
};

// "/etc/pki/" → "/etc/pki".
constexpr std::string_view without_slash(std::string_view path) {
  return path.size() > 1 && path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

struct ComponentDraft {
  const ComponentSpec* spec = nullptr;
  std::optional<ComponentVersion> version;
  DefaultSource defaults = DefaultSource::flag;
  std::string_view carrier_kind;  // "command", "configuration", "kubeadm"
  std::string_view container;
  PathView carrier, version_place;
  PathView add_place;  // where a flag that is missing would be
  std::vector<Setting> settings;
  std::vector<SettingError> errors;
  std::string_view unknown_rest, errors_unknown;
  bool not_followed = false;
  bool is_overlay = false;
  std::vector<Mount> mounts;
  bool in_container = false;  // `mounts` are all there are
};

// Adds the flags to the settings, each with the value of all its occurrences.
void add_flags(ComponentDraft& draft, const ParsedFlags& parsed, SymbolTable& symbols, Arena& arena);

// Adds the fields that a configuration file has.
void add_fields(ComponentDraft& draft, const document::Node& file, const SymbolTable& symbols, Arena& arena);

// Adds what is not written, and finds out what of it cannot be known.
void add_defaults(ComponentDraft& draft, const SymbolTable& symbols, Arena& arena);

ComponentView make_view(ComponentDraft&& draft, SymbolTable& symbols, Arena& arena);

// {steps…, more…} in the arena.
PathView join_path(Arena& arena, PathView path, std::initializer_list<document::Step> more);

}  // namespace kastell::kube
