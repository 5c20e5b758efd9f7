// From the inputs as given to the list of files to read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"
#include "collect/render.h"
#include "snapshot/snapshot.h"

namespace kastell::collect {

// A file to read, or what is to be said instead of reading it.
struct FileInput {
  std::string path;  // "-" is standard input
  std::optional<snapshot::Coverage> instead = std::nullopt;
  Bundle bundle = Bundle::none;  // of a folder that is to be rendered
};

// A path as reports write it: JSON holds UTF-8 only, file names any bytes.
std::string shown_path(std::string_view path);

// In the order of the inputs, then by path; each path once. Rules: collect/files.h.
Result<std::vector<FileInput>> list_files(const FileSystem& files, const std::vector<std::string>& inputs,
                                          const std::vector<std::string>& exclude, bool rendering);

}  // namespace kastell::collect
