#include <cstring>

#include "base/file_system.h"

namespace kastell {

namespace {

constexpr int most_links = 8;

// "./a//b/" → "a/b"; the root of the tree is ".".
std::string normal(std::string_view path) {
  std::string result(path.starts_with('/') ? "/" : "");
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    if (!part.empty() && part != ".") {
      if (!result.empty() && result != "/") result += '/';
      result += part;
    }
    begin = end + 1;
  }
  return result.empty() ? "." : result;
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Result<FileContent> copy_of(const std::string& text, const std::string& name, const ReadBounds& bounds) {
  if (text.size() > bounds.most_bytes) {
    return failure(ErrorCode::limit, "larger than the limit of " + std::to_string(bounds.most_bytes) + " bytes",
                   {.source = name});
  }
  FileContent content{std::make_unique<char[]>(text.size() + bounds.padding), text.size()};
  std::memcpy(content.buffer.get(), text.data(), text.size());
  return content;
}

}  // namespace

void MemoryFileSystem::add(const std::string& path, Entry entry) {
  const std::string key = normal(path);
  const std::string parent = parent_of(key);
  if (parent != key && !entries_.contains(parent)) add(parent, {Entry::Type::folder, {}});
  entries_.insert_or_assign(key, std::move(entry));
}

void MemoryFileSystem::add_file(const std::string& path, std::string content) {
  add(path, {Entry::Type::file, std::move(content)});
}
void MemoryFileSystem::add_folder(const std::string& path) {
  add(path, {Entry::Type::folder, {}});
}
void MemoryFileSystem::add_unreadable_file(const std::string& path) {
  add(path, {Entry::Type::unreadable, {}});
}
void MemoryFileSystem::add_link(const std::string& path, std::string target) {
  add(path, {Entry::Type::link, std::move(target)});
}

const MemoryFileSystem::Entry* MemoryFileSystem::resolve(const std::string& path, bool& through_link) const {
  std::string at = normal(path);
  for (int links = 0; links <= most_links; ++links) {
    // The first link on the way, which is `at` itself or a folder above it, is replaced by its target.
    std::size_t end = at.find('/', 1);
    auto found = entries_.find(at.substr(0, end));
    while (end != std::string::npos && found != entries_.end() && found->second.type != Entry::Type::link) {
      end = at.find('/', end + 1);
      found = entries_.find(at.substr(0, end));
    }
    if (found == entries_.end()) return nullptr;
    if (found->second.type != Entry::Type::link) return &found->second;
    through_link = through_link || end == std::string::npos;
    at = normal(found->second.content + (end == std::string::npos ? "" : at.substr(end)));
  }
  return nullptr;
}

FileStatus MemoryFileSystem::status(const std::string& path) const {
  FileStatus status;
  const Entry* entry = resolve(path, status.through_link);
  if (entry == nullptr) {
    status.kind = status.through_link ? FileKind::dangling_link : FileKind::missing;
  } else {
    status.kind = entry->type == Entry::Type::folder ? FileKind::folder : FileKind::regular;
  }
  return status;
}

Result<std::vector<FolderEntry>> MemoryFileSystem::list(const std::string& path) const {
  bool through_link = false;
  const Entry* folder = resolve(path, through_link);
  if (folder == nullptr || folder->type != Entry::Type::folder) {
    return failure(ErrorCode::not_found, "No such folder", {.source = path});
  }
  std::vector<FolderEntry> result;
  for (const auto& [at, entry] : entries_) {
    if (&entry == folder || resolve(parent_of(at), through_link) != folder) continue;
    const std::size_t slash = at.rfind('/');
    result.push_back({slash == std::string::npos ? at : at.substr(slash + 1), status(at)});
  }
  return result;
}

Result<FileContent> MemoryFileSystem::read(const std::string& path, const ReadBounds& bounds) const {
  bool through_link = false;
  const Entry* entry = resolve(path, through_link);
  if (entry == nullptr) return failure(ErrorCode::not_found, "No such file or directory", {.source = path});
  if (entry->type == Entry::Type::folder) return failure(ErrorCode::unreadable, "Is a directory", {.source = path});
  if (entry->type == Entry::Type::unreadable) {
    return failure(ErrorCode::unreadable, "Permission denied", {.source = path});
  }
  return copy_of(entry->content, path, bounds);
}

Result<FileContent> MemoryFileSystem::read_standard_input(const ReadBounds& bounds) const {
  return copy_of(standard_input_, "-", bounds);
}

}  // namespace kastell
