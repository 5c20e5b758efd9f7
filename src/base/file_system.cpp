#include "base/file_system.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

namespace kastell {

std::string join_path(std::string_view folder, std::string_view name) {
  if (folder.empty() || folder == ".") return std::string(name);
  std::string path(folder);
  if (!path.ends_with('/')) path += '/';
  return path.append(name);
}

namespace {

std::string message_of(int error_number) {
  return std::generic_category().message(error_number);
}

std::unexpected<Error> system_failure(const std::string& path, int error_number) {
  const ErrorCode code = error_number == ENOENT ? ErrorCode::not_found : ErrorCode::unreadable;
  return failure(code, message_of(error_number), {.source = path});
}

std::unexpected<Error> too_long(const std::string& path, std::uint64_t most_bytes) {
  return failure(ErrorCode::limit, "larger than the limit of " + std::to_string(most_bytes) + " bytes",
                 {.source = path});
}

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

// Up to `size` bytes; fewer only at the end of the file. Nothing with errno set on failure.
std::optional<std::size_t> read_fully(int descriptor, char* into, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t count = ::read(descriptor, into + done, size - done);
    if (count == 0) break;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

FileContent with_capacity(std::size_t capacity, std::size_t padding) {
  return {std::make_unique_for_overwrite<char[]>(capacity + padding), 0};
}

// Reads to the end, the buffer doubling from `capacity`; a regular file's size fits at once.
Result<FileContent> read_to_end(int descriptor, const std::string& name, std::size_t capacity,
                                const ReadBounds& bounds) {
  FileContent content = with_capacity(capacity, bounds.padding);
  for (;;) {
    const auto count = read_fully(descriptor, content.buffer.get() + content.size, capacity - content.size);
    if (!count) return system_failure(name, errno);
    content.size += *count;
    if (content.size > bounds.most_bytes) return too_long(name, bounds.most_bytes);
    if (content.size < capacity) break;
    capacity *= 2;
    FileContent larger = with_capacity(capacity, bounds.padding);
    std::memcpy(larger.buffer.get(), content.buffer.get(), content.size);
    larger.size = content.size;
    content = std::move(larger);
  }
  std::memset(content.buffer.get() + content.size, 0, bounds.padding);
  return content;
}

constexpr std::size_t first_pipe_capacity = std::size_t{64} << 10;

Result<FileContent> read_descriptor(int descriptor, const std::string& name, const ReadBounds& bounds) {
  struct stat info = {};
  if (fstat(descriptor, &info) != 0) return system_failure(name, errno);
  if (S_ISDIR(info.st_mode)) return system_failure(name, EISDIR);
  const auto size = static_cast<std::uint64_t>(std::max<off_t>(info.st_size, 0));
  if (size > bounds.most_bytes) return too_long(name, bounds.most_bytes);
  // One byte more than the size, so that the end is seen without growing.
  const bool regular = S_ISREG(info.st_mode) && size > 0;
  return read_to_end(descriptor, name, regular ? size + 1 : first_pipe_capacity, bounds);
}

FileKind kind_of(const struct stat& info) {
  if (S_ISREG(info.st_mode)) return FileKind::regular;
  return S_ISDIR(info.st_mode) ? FileKind::folder : FileKind::special;
}

class OperatingSystemFiles final : public FileSystem {
 public:
  FileStatus status(const std::string& path) const override {
    struct stat info = {};
    if (lstat(path.c_str(), &info) != 0) return {};
    const bool through_link = S_ISLNK(info.st_mode);
    if (through_link && stat(path.c_str(), &info) != 0) return {FileKind::dangling_link, true};
    return {kind_of(info), through_link, static_cast<std::uint64_t>(info.st_size)};
  }

  Result<std::vector<FolderEntry>> list(const std::string& path) const override {
    std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(path.c_str()), closedir);
    if (!folder) return system_failure(path, errno);
    std::vector<FolderEntry> entries;
    errno = 0;
    while (const dirent* entry = readdir(folder.get())) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") entries.push_back({std::string(name), status_of(path, *entry)});
      errno = 0;
    }
    if (errno != 0) return system_failure(path, errno);
    return entries;
  }

  Result<FileContent> read(const std::string& path, const ReadBounds& bounds) const override {
    const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) return system_failure(path, errno);
    return read_descriptor(file.number(), path, bounds);
  }

  Result<FileContent> read_standard_input(const ReadBounds& bounds) const override {
    return read_descriptor(STDIN_FILENO, "-", bounds);
  }

 private:
  // Saves a system call per file where the folder itself tells the type.
  FileStatus status_of(const std::string& folder, const dirent& entry) const {
    if (entry.d_type == DT_REG) return {FileKind::regular, false};
    if (entry.d_type == DT_DIR) return {FileKind::folder, false};
    return status(join_path(folder, entry.d_name));
  }
};

}  // namespace

const FileSystem& operating_system_files() {
  static const OperatingSystemFiles files;
  return files;
}

}  // namespace kastell
