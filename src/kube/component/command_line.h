// Which component a container runs, and with which arguments.
#pragma once

#include <vector>

#include "kube/component/flag_parser.h"

namespace kastell::kube {

struct CommandLine {
  std::string_view component;       // empty: the container runs none
  std::vector<Argument> arguments;  // behind the program's name
  PathView program_place;           // what names the program
  PathView add_place;               // the list that a further flag would go into
  std::string_view not_followed;    // not empty: why the arguments cannot be told
};

// `container` is the container as written, `path` its path in the object.
CommandLine command_line_of(const document::Node& container, PathView path, const SymbolTable& symbols, Arena& arena);

// The component of that program name: "/usr/local/bin/kube-apiserver" is kube-apiserver,
// "C:\k\kubelet.exe" is kubelet. Empty if it is none.
std::string_view component_named(std::string_view program);

}  // namespace kastell::kube
