#include "collect/render/bundle.h"

#include <algorithm>
#include <set>

#include "collect/render/bundle_files.h"
#include "collect/render/kustomization.h"

namespace kastell::collect {

namespace {

constexpr std::string_view chart_file = "Chart.yaml";
constexpr std::string_view chart_folders[] = {"templates", "charts", "crds"};
constexpr std::string_view chart_files[] = {chart_file,    "Chart.lock", "requirements.yaml", "requirements.lock",
                                            "values.yaml", "values.yml", "values.schema.json"};

}  // namespace

bool is_kustomization_name(std::string_view name) {
  return std::ranges::find(kustomization_names, name) != std::end(kustomization_names);
}

FolderRole role_of(std::span<const FolderEntry> entries) {
  FolderRole role;
  for (const FolderEntry& entry : entries) {
    if (entry.status.kind != FileKind::regular) continue;
    role.chart |= entry.name == chart_file;
    role.overlay |= is_kustomization_name(entry.name);
  }
  return role;
}

bool belongs_to_chart(std::string_view name) {
  return std::ranges::find(chart_folders, name) != std::end(chart_folders) ||
         std::ranges::find(chart_files, name) != std::end(chart_files);
}

std::vector<FileInput> without_overlay_parts(const FileSystem& files, std::vector<FileInput> list) {
  if (std::ranges::none_of(list, [](const FileInput& input) { return input.bundle == Bundle::overlay; })) return list;
  std::set<std::string> part_files, bases;
  for (const FileInput& input : list) {
    if (input.bundle != Bundle::overlay) continue;
    KustomizationParts parts = read_kustomization(files, input.path);
    if (parts.folders.contains(normal_path(input.path))) continue;  // in a circle nobody is the base of another
    part_files.merge(parts.files);
    bases.merge(parts.folders);
  }
  std::erase_if(list, [&](const FileInput& input) {
    const std::set<std::string>& parts = input.bundle == Bundle::overlay ? bases : part_files;
    return input.bundle != Bundle::chart && !input.instead && parts.contains(normal_path(input.path));
  });
  return list;
}

}  // namespace kastell::collect
