// FileSystem: the one door to files, so that everything above it can be tried against a tree in memory.
//
// Thread-safety: const members may be called from several threads at once.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kastell {

enum class FileKind : std::uint8_t {
  missing,
  regular,
  folder,
  dangling_link,  // a symbolic link that leads nowhere (or in a circle)
  special,        // pipe, device, socket
};

struct FileStatus {
  FileKind kind = FileKind::missing;  // of what a symbolic link leads to
  bool through_link = false;
  std::uint64_t size = 0;  // in bytes, of a regular file; list() does not tell it
};

struct FolderEntry {
  std::string name;
  FileStatus status;
};

// A whole file. The buffer has `padding` readable bytes, all zero, behind its `size` bytes.
struct FileContent {
  std::unique_ptr<char[]> buffer;
  std::size_t size = 0;
};

struct ReadBounds {
  std::size_t padding = 0;
  std::uint64_t most_bytes = std::uint64_t{2} << 30;  // a longer file is an Error of code `limit`
};

class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // Never fails: what cannot be looked at is `missing`, or what read() will then complain about.
  virtual FileStatus status(const std::string& path) const = 0;
  // In no particular order, without "." and "..".
  virtual Result<std::vector<FolderEntry>> list(const std::string& path) const = 0;
  // Regular files, and pipes until their end.
  virtual Result<FileContent> read(const std::string& path, const ReadBounds& bounds) const = 0;
  virtual Result<FileContent> read_standard_input(const ReadBounds& bounds) const = 0;
};

// The machine's own files.
const FileSystem& operating_system_files();

// "a/b", or "b" when `folder` is empty or ".": how paths below a folder are written.
std::string join_path(std::string_view folder, std::string_view name);

// A tree in memory, for tests. Folders exist as soon as something lies in them.
class MemoryFileSystem final : public FileSystem {
 public:
  void add_file(const std::string& path, std::string content);
  void add_folder(const std::string& path);
  void add_unreadable_file(const std::string& path);
  void add_link(const std::string& path, std::string target);  // target: a path of this tree
  void set_standard_input(std::string content) { standard_input_ = std::move(content); }

  FileStatus status(const std::string& path) const override;
  Result<std::vector<FolderEntry>> list(const std::string& path) const override;
  Result<FileContent> read(const std::string& path, const ReadBounds& bounds) const override;
  Result<FileContent> read_standard_input(const ReadBounds& bounds) const override;

 private:
  struct Entry {
    enum class Type : std::uint8_t { file, unreadable, folder, link } type;
    std::string content;  // of a file; target of a link
  };
  void add(const std::string& path, Entry entry);
  const Entry* resolve(const std::string& path, bool& through_link) const;

  std::map<std::string, Entry> entries_;
  std::string standard_input_;
};

}  // namespace kastell
