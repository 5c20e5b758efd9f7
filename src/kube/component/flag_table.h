// The table of flags, as read from policies/tables/component-flags.yaml.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "kube/component_view.h"

namespace kastell::kube {

enum class FlagType : std::uint8_t {
  boolean,
  integer,
  floating,
  duration,  // Go's: 1m30s
  string,
  address,   // an IP address
  list,      // comma-separated; repeats add up
  repeated,  // one item each time
  map,       // a=b,c=d; repeats add up
};

// Which flag parser a component has.
enum class FlagParser : std::uint8_t {
  pflag,  // spf13/pflag with underscores read as dashes
  go,     // Go's own package flag
};

struct FlagSpec {
  Symbol name;
  FlagType type = FlagType::string;
  document::Node default_value = {};                // of the flag
  std::optional<document::Node> file_default = {};  // of its field in a configuration file
  std::optional<document::Node> kubeadm = {};       // what kubeadm writes
  document::Path field = {};                        // in the component's configuration file; empty if there is none
  std::array<Symbol, 2> files{};                    // flags that name a file which says it when this flag does not
  std::uint8_t file_count = 0;
  ComponentVersion from{}, before{~0U, 0};

  bool exists_in(ComponentVersion version) const { return from <= version && version < before; }
};

struct ComponentSpec {
  std::string_view name;
  const ComponentKeys* keys = nullptr;
  FlagParser parser = FlagParser::pflag;
  bool files_override = false;                         // the file counts even where the flag is written
  ComponentVersion known_from{}, known_until{~0U, 0};  // versions whose flags are all in the table
  std::string_view environment;                        // "ETCD_": variables that set flags; empty if none do
  std::vector<FlagSpec> flags;                         // by name; several of one name differ in their versions

  bool knows_all_flags_of(std::optional<ComponentVersion> version) const {
    return version && known_from <= *version && *version <= known_until;
  }
  // All of that name.
  std::span<const FlagSpec> find(Symbol flag) const;
};

// Of `same_name`, the one for the version; without a version the newest. Null if the version has none.
const FlagSpec* spec_for(std::span<const FlagSpec> same_name, std::optional<ComponentVersion> version);

// "1.34", "v1.34.2", "v1.24.1-rke2r1"; nothing if the text does not begin with a version.
std::optional<ComponentVersion> parse_component_version(std::string_view text);

// The table's YAML documents, one for each component.
std::span<const std::string_view> embedded_component_flags();

}  // namespace kastell::kube
