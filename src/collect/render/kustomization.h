// What a kustomization refers to, read before anything runs: which files belong to it, and what it would fetch.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/file_system.h"

namespace kastell::collect {

inline constexpr std::string_view kustomization_names[] = {"kustomization.yaml", "kustomization.yml", "Kustomization"};

// Of a kustomization and of all that it refers to.
struct KustomizationParts {
  std::set<std::string> files;    // normal paths (bundle_files.h), the kustomization files among them
  std::set<std::string> folders;  // of the kustomizations that it builds on, without its own
  // Why it must not run: "remote base …", "no such file …"; empty if nothing keeps it.
  std::string hindrance;
};

// Follows bases and components; bounded by depth and number, which is then a hindrance.
KustomizationParts read_kustomization(const FileSystem& files, const std::string& folder);

// The kustomization file of a folder; empty if there is none.
std::string kustomization_file_in(const FileSystem& files, const std::string& folder);

}  // namespace kastell::collect
