#include "collect/file_list.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/text.h"
#include "collect/glob.h"
#include "collect/render/bundle.h"

namespace kastell::collect {

using snapshot::Coverage;
using snapshot::CoverageStatus;

namespace {

// Deeper trees are not entered; coverage says so.
constexpr std::size_t deepest_folder = 200;

bool is_manifest_name(std::string_view name) {
  constexpr std::array<std::string_view, 3> endings = {".yaml", ".yml", ".json"};
  return std::ranges::any_of(endings, [name](std::string_view ending) { return name.ends_with(ending); });
}

FileInput instead(const std::string& path, CoverageStatus status, std::string reason) {
  return {path, Coverage{shown_path(path), status, std::move(reason), {}}};
}

class FileLister {
 public:
  FileLister(const FileSystem& files, const std::vector<std::string>& exclude, bool rendering)
      : files_(files), exclude_(exclude), rendering_(rendering) {}

  Result<void> add_input(const std::string& input) {
    if (input == "-") return add({input}), Result<void>{};
    const FileStatus status = files_.status(input);
    if (status.kind != FileKind::missing) return add_path(input, status), Result<void>{};
    if (!has_wildcard(input)) return no_such_path(input);
    return add_glob(input);
  }

  std::vector<FileInput> take() && { return std::move(list_); }

 private:
  void add(FileInput input) {
    std::string key = input.path.starts_with('/') ? "/" : "";
    for (const std::string_view part : split_path(input.path)) key.append(part) += '/';
    key += static_cast<char>('0' + static_cast<int>(input.bundle));  // a folder may be both
    if (seen_.insert(std::move(key)).second) list_.push_back(std::move(input));
  }

  // A path that was named outright or by a glob.
  void add_path(const std::string& path, const FileStatus& status) {
    if (const std::string* glob = excluding(path)) return add(excluded(path, *glob));
    switch (status.kind) {
      case FileKind::folder: return add_folder(path);
      case FileKind::dangling_link:
        return add(instead(path, CoverageStatus::unreadable, "a symbolic link that leads nowhere"));
      default: return add({path});
    }
  }

  void add_folder(const std::string& folder) {
    std::vector<FileInput> found;
    walk(folder, 0, found);
    if (found.empty()) {
      found.push_back(instead(folder, CoverageStatus::skipped, "no *.yaml, *.yml or *.json file in this folder"));
    }
    std::ranges::sort(found, {}, &FileInput::path);
    for (FileInput& input : found) add(std::move(input));
  }

  // Recursion is bounded by deepest_folder.
  void walk(const std::string& folder, std::size_t depth, std::vector<FileInput>& found) {
    const auto entries = files_.list(folder);
    if (!entries) {
      found.push_back(
          instead(folder, CoverageStatus::unreadable, "this folder cannot be read: " + entries.error().message));
      return;
    }
    const FolderRole role = role_of(*entries);
    add_bundles(folder, role, found);
    for (const FolderEntry& entry : *entries) {
      const bool part = (role.chart && belongs_to_chart(entry.name)) ||
                        (role.overlay && rendering_ && is_kustomization_name(entry.name));
      if (!part) visit(join_path(folder, entry.name), entry, depth, found);
    }
  }

  void add_bundles(const std::string& folder, const FolderRole& role, std::vector<FileInput>& found) const {
    const std::string path = folder.empty() ? "." : folder;
    if (role.chart && rendering_) found.push_back({.path = path, .bundle = Bundle::chart});
    if (role.overlay && rendering_) found.push_back({.path = path, .bundle = Bundle::overlay});
    if (role.chart && !rendering_) {
      found.push_back(instead(path, CoverageStatus::unreadable, "a Helm chart, not rendered: --no-render"));
    }
    if (role.overlay && !rendering_) {
      found.push_back(instead(path, CoverageStatus::partial,
                              "a Kustomize overlay, not applied to the files that it is made of: --no-render"));
    }
  }

  void visit(const std::string& path, const FolderEntry& entry, std::size_t depth, std::vector<FileInput>& found) {
    const bool folder = entry.status.kind == FileKind::folder;
    if ((folder && entry.name == ".git") || (!folder && !is_manifest_name(entry.name))) return;
    if (const std::string* glob = excluding(path)) {
      found.push_back(excluded(path, *glob));
    } else if (folder && entry.status.through_link) {
      found.push_back(instead(path, CoverageStatus::skipped,
                              "a symbolic link to a folder is not followed: name it outright to read it"));
    } else if (folder && depth == deepest_folder) {
      found.push_back(instead(path, CoverageStatus::partial,
                              "folders nested deeper than the limit of " + std::to_string(deepest_folder)));
    } else if (folder) {
      walk(path, depth + 1, found);
    } else if (entry.status.kind == FileKind::dangling_link) {
      found.push_back(instead(path, CoverageStatus::unreadable, "a symbolic link that leads nowhere"));
    } else if (entry.status.kind == FileKind::special) {
      found.push_back(instead(path, CoverageStatus::unreadable, "a pipe or device, not a regular file"));
    } else {
      found.push_back({path});
    }
  }

  const std::string* excluding(const std::string& path) const {
    const auto glob = std::ranges::find_if(
        exclude_, [&path](const std::string& pattern) { return matches_path_or_tail(pattern, path); });
    return glob == exclude_.end() ? nullptr : &*glob;
  }

  static FileInput excluded(const std::string& path, const std::string& glob) {
    return instead(path, CoverageStatus::skipped, "excluded by " + glob);
  }

  Result<void> add_glob(const std::string& pattern) {
    std::vector<std::string> paths = {pattern.starts_with('/') ? "/" : ""};
    for (const std::string_view part : split_path(pattern)) paths = expand(paths, part);
    if (paths.empty()) return failure(ErrorCode::not_found, "no file matches " + pattern);
    std::ranges::sort(paths);
    for (const std::string& path : paths) add_path(path, files_.status(path));
    return {};
  }

  // Every path continued by every entry that matches the next part of the pattern.
  std::vector<std::string> expand(const std::vector<std::string>& paths, std::string_view part) const {
    std::vector<std::string> result;
    for (const std::string& path : paths) {
      if (part == "**") {
        expand_any_depth(path, 0, result);
      } else if (!has_wildcard(part)) {
        std::string next = join_path(path, part);
        if (files_.status(next).kind != FileKind::missing) result.push_back(std::move(next));
      } else {
        for (const FolderEntry& entry : entries_of(path)) {
          const bool hidden = entry.name.starts_with('.') && !part.starts_with('.');
          if (!hidden && matches_part(part, entry.name)) result.push_back(join_path(path, entry.name));
        }
      }
    }
    return result;
  }

  // The folder itself and all folders below; links are not followed.
  void expand_any_depth(const std::string& folder, std::size_t depth, std::vector<std::string>& result) const {
    result.push_back(folder);
    if (depth == deepest_folder) return;
    for (const FolderEntry& entry : entries_of(folder)) {
      const bool enter = entry.status.kind == FileKind::folder && !entry.status.through_link;
      if (enter && !entry.name.starts_with('.')) expand_any_depth(join_path(folder, entry.name), depth + 1, result);
    }
  }

  std::vector<FolderEntry> entries_of(const std::string& folder) const {
    return files_.list(folder.empty() ? "." : folder).value_or(std::vector<FolderEntry>{});
  }

  // A wrong path with the nearest name beside it.
  std::unexpected<Error> no_such_path(const std::string& path) const {
    const std::size_t slash = path.find_last_of('/', path.size() - 2);
    const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
    const std::vector<FolderEntry> entries = entries_of(folder);
    std::vector<std::string_view> names;
    for (const FolderEntry& entry : entries) names.push_back(entry.name);
    std::ranges::sort(names);
    std::string message = "no such file or folder: " + path;
    if (const auto name = nearest(std::string_view(path).substr(folder.size()), names)) {
      message.append("; did you mean ").append(folder).append(*name).append("?");
    }
    return failure(ErrorCode::not_found, std::move(message));
  }

  const FileSystem& files_;
  const std::vector<std::string>& exclude_;
  const bool rendering_;
  std::vector<FileInput> list_;
  std::set<std::string> seen_;
};

}  // namespace

std::string shown_path(std::string_view path) {
  return replace_invalid_utf8(path);
}

Result<std::vector<FileInput>> list_files(const FileSystem& files, const std::vector<std::string>& inputs,
                                          const std::vector<std::string>& exclude, bool rendering) {
  FileLister lister(files, exclude, rendering);
  for (const std::string& input : inputs) {
    if (auto added = lister.add_input(input); !added) return std::unexpected(added.error());
  }
  return without_overlay_parts(files, std::move(lister).take());
}

}  // namespace kastell::collect
