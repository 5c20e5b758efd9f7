#include "collect/render/kustomization.h"

#include <array>

#include "collect/render/bundle_files.h"

namespace kastell::collect {

namespace {

using client::Field;

constexpr std::size_t most_folders = 500;
constexpr std::size_t deepest = 50;

// Entries that are paths, of a file or of a folder with a kustomization. Kustomize fetches those that are neither.
constexpr auto path_lists =
    std::to_array<std::string_view>({"resources", "bases", "components", "crds", "configurations", "generators",
                                     "transformers", "validators", "patchesStrategicMerge"});

// Lists of objects with a member that is a path.
struct PathMember {
  std::string_view list, member;
};
constexpr auto path_members =
    std::to_array<PathMember>({{"patches", "path"}, {"patchesJson6902", "path"}, {"replacements", "path"}});

// Not every list entry is a path: transformers, patches and the like may stand in the kustomization itself.
bool is_inline(std::string_view entry) {
  return entry.find('\n') != std::string_view::npos || entry.find(": ") != std::string_view::npos;
}

// The forms that kustomize clones or downloads.
bool looks_remote(std::string_view entry) {
  return entry.find("://") != std::string_view::npos || entry.starts_with("git@") || entry.starts_with("git::") ||
         entry.starts_with("github.com/") || entry.find("?ref=") != std::string_view::npos ||
         entry.find(".git/") != std::string_view::npos || entry.ends_with(".git");
}

class Follower {
 public:
  explicit Follower(const FileSystem& files) : files_(files) {}

  // Recursion is bounded by `deepest` and `most_folders`.
  void follow(const std::string& folder, std::size_t depth) {
    const std::string path = kustomization_file_in(files_, folder);
    if (path.empty()) return hinder("no kustomization in " + folder);
    if (!seen_.insert(normal_path(folder)).second) return;
    if (depth == deepest || seen_.size() > most_folders) {
      return hinder("bases nested deeper than the limit of " + std::to_string(deepest) + ", or more than " +
                    std::to_string(most_folders));
    }
    parts_.files.insert(normal_path(path));
    const auto file = BundleFile::read(files_, path);
    if (!file) return hinder(path + " cannot be read as YAML");
    if ((*file)["helmCharts"].size() > 0 || (*file)["helmChartInflationGenerator"].size() > 0) {
      hinder(path + " inflates Helm charts, which kustomize downloads");
    }
    follow_lists(*file, folder, depth);
    follow_members(*file, folder);
    follow_generators(*file, folder);
  }

  KustomizationParts take() && { return std::move(parts_); }

 private:
  void follow_lists(const BundleFile& file, const std::string& folder, std::size_t depth) {
    for (const std::string_view list : path_lists) {
      const Field entries = file[list];
      for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::string_view entry = entries.at(i).text();
        if (!entry.empty() && !is_inline(entry)) follow_path(entry, folder, depth);
      }
    }
  }

  void follow_members(const BundleFile& file, const std::string& folder) {
    for (const PathMember& one : path_members) {
      const Field entries = file[one.list];
      for (std::size_t i = 0; i < entries.size(); ++i) add_file(entries.at(i)[one.member].text(), folder);
    }
    add_file(file["openapi"]["path"].text(), folder);
  }

  void follow_generators(const BundleFile& file, const std::string& folder) {
    for (const std::string_view generator : {"configMapGenerator", "secretGenerator"}) {
      const Field entries = file[generator];
      for (std::size_t i = 0; i < entries.size(); ++i) {
        for (const std::string_view list : {"files", "envs"}) {
          const Field names = entries.at(i)[list];
          for (std::size_t k = 0; k < names.size(); ++k) {
            const std::string_view name = names.at(k).text();
            add_file(name.substr(name.find('=') + 1), folder);  // KEY=FILE
          }
        }
        add_file(entries.at(i)["env"].text(), folder);
      }
    }
  }

  void follow_path(std::string_view entry, const std::string& folder, std::size_t depth) {
    const std::string path = normal_path(join_path(folder, entry));
    const FileKind kind = entry.starts_with('/') ? FileKind::missing : files_.status(path).kind;
    if (kind == FileKind::folder) {
      parts_.folders.insert(path);
      return follow(path, depth + 1);
    }
    if (kind == FileKind::regular) {
      parts_.files.insert(path);
    } else if (looks_remote(entry)) {
      hinder("remote base " + std::string(entry) + ": Kastell renders without a network");
    } else {
      hinder("no such file or folder: " + path);  // kustomize would try to clone it
    }
  }

  void add_file(std::string_view entry, const std::string& folder) {
    if (entry.empty()) return;
    if (looks_remote(entry)) return hinder("remote file " + std::string(entry) + ": Kastell renders without a network");
    parts_.files.insert(normal_path(join_path(folder, entry)));
  }

  void hinder(std::string reason) {
    if (parts_.hindrance.empty()) parts_.hindrance = std::move(reason);
  }

  const FileSystem& files_;
  KustomizationParts parts_;
  std::set<std::string> seen_;
};

}  // namespace

std::string kustomization_file_in(const FileSystem& files, const std::string& folder) {
  for (const std::string_view name : kustomization_names) {
    std::string path = join_path(folder, name);
    if (files.status(path).kind == FileKind::regular) return path;
  }
  return {};
}

KustomizationParts read_kustomization(const FileSystem& files, const std::string& folder) {
  Follower follower(files);
  follower.follow(folder, 0);
  KustomizationParts parts = std::move(follower).take();
  if (parts.folders.contains(normal_path(folder))) parts.hindrance = "it builds on itself";
  return parts;
}

}  // namespace kastell::collect
