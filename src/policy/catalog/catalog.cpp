#include <algorithm>
#include <set>

#include "base/file_system.h"
#include "policy/catalog/catalog_reader.h"

namespace kastell::policy {

namespace {

constexpr unsigned deepest_folder = 32;

bool is_catalog_file(std::string_view name) {
  return name.ends_with(".yaml") || name.ends_with(".yml");
}

void add_path(CatalogReader& reader, const FileSystem& files, const std::string& path, unsigned depth);

void add_file(CatalogReader& reader, const FileSystem& files, const std::string& path) {
  auto content = files.read(path, {.padding = document::Source::padding});
  if (!content) return reader.add_error(std::move(content.error()));
  reader.add(std::make_shared<document::Source>(path, std::move(content->buffer), content->size));
}

void add_folder(CatalogReader& reader, const FileSystem& files, const std::string& path, unsigned depth) {
  auto entries = files.list(path);
  if (!entries) return reader.add_error(std::move(entries.error()));
  std::ranges::sort(*entries, {}, &FolderEntry::name);
  for (const FolderEntry& entry : *entries) {
    const bool folder = entry.status.kind == FileKind::folder;
    if (folder || is_catalog_file(entry.name)) add_path(reader, files, join_path(path, entry.name), depth + 1);
  }
}

void add_path(CatalogReader& reader, const FileSystem& files, const std::string& path, unsigned depth) {
  if (depth > deepest_folder) return reader.add_error({ErrorCode::limit, "folders nest too deeply", {path}});
  switch (files.status(path).kind) {
    case FileKind::folder: return add_folder(reader, files, path, depth);
    case FileKind::missing: return reader.add_error({ErrorCode::not_found, "no such file or folder", {path}});
    default: return add_file(reader, files, path);
  }
}

}  // namespace

std::expected<Catalog, std::vector<Error>> Catalog::load(const std::vector<std::string>& paths,
                                                         std::shared_ptr<SymbolTable> symbols) {
  CatalogReader reader(std::move(symbols), {});
  for (const std::string& path : paths) add_path(reader, operating_system_files(), path, 0);
  return std::move(reader).finish();
}

const Control* Catalog::find(std::string_view id) const {
  const auto at = std::ranges::lower_bound(controls_, id, {}, &Control::id);
  return at != controls_.end() && at->id == id ? &*at : nullptr;
}

std::vector<std::string_view> Catalog::ids() const {
  std::vector<std::string_view> ids;
  for (const Control& control : controls_) ids.push_back(control.id);
  return ids;
}

std::vector<std::string_view> Catalog::parameters() const {
  std::set<std::string_view> names;
  for (const Control& control : controls_) {
    if (!control.parameter.empty()) names.insert(control.parameter);
  }
  return {names.begin(), names.end()};
}

std::vector<std::string_view> Catalog::frameworks() const {
  std::set<std::string_view> names;
  for (const Control& control : controls_) {
    for (const auto& [framework, rows] : control.references) names.insert(framework);
  }
  return {names.begin(), names.end()};
}

}  // namespace kastell::policy
