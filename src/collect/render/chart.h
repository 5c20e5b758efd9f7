// A Helm chart on disk, as far as Kastell needs to know it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/file_system.h"

namespace kastell::collect {

struct Chart {
  std::string folder;
  std::string name;
  bool is_library = false;  // defines templates for others, renders nothing of its own
};

// Nothing if Chart.yaml cannot be read.
std::optional<Chart> read_chart(const FileSystem& files, const std::string& folder);

}  // namespace kastell::collect
