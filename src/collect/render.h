// Rendering: Helm charts and Kustomize overlays, turned into manifests by the user's own programs.
//
// Programs get their arguments as they are (no shell), an environment of their own with an empty home and no way to a
// network through proxies or git, and bounds on time and output. What cannot be rendered becomes coverage that says
// why. See docs/helm-and-kustomize.md.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/machine.h"

namespace kastell::collect {

struct RenderOptions {
  bool wanted = true;                    // else charts are named in coverage, and overlays read file by file
  std::string helm = "helm";             // a path, or a name to be looked up in PATH
  std::string kustomize = {};            // empty: `kustomize`, or `kubectl kustomize` where that is not there
  std::vector<std::string> values = {};  // values files, for every chart, in order
  std::vector<std::string> sets = {};    // KEY=VALUE, for every chart, in order
  std::chrono::milliseconds longest = std::chrono::seconds(60);  // of one run of a program
  std::size_t most_output = std::size_t{64} << 20;               // bytes, of one run
  const Machine* machine = nullptr;                              // null: this machine
};

// What a folder is, beside a folder.
enum class Bundle : std::uint8_t { none, chart, overlay };

}  // namespace kastell::collect
