// Charts and overlays: known by their files, and which other files belong to them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "collect/file_list.h"
#include "collect/render.h"

namespace kastell::collect {

// What a folder with these entries is. A folder can be both: a chart then, whose overlay is an overlay of its own.
struct FolderRole {
  bool chart = false, overlay = false;
};
FolderRole role_of(std::span<const FolderEntry> entries);

// Whether an entry of a chart's own folder is rendered with it (templates/, charts/, crds/) or describes it
// (Chart.yaml, values.yaml…). Everything else in the folder is read as it would be elsewhere.
bool belongs_to_chart(std::string_view name);

bool is_kustomization_name(std::string_view name);

// Takes out of a list the files that overlays in it are made of, and the overlays that others in it build on.
std::vector<FileInput> without_overlay_parts(const FileSystem& files, std::vector<FileInput> list);

}  // namespace kastell::collect
