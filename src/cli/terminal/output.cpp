#include "cli/terminal/output.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

namespace kastell::cli {

namespace {

std::unexpected<Error> cannot_write(const std::string& path, int error_number, ErrorCode code) {
  return failure(code, "cannot write " + path + ": " + std::generic_category().message(error_number));
}

bool is_something_else_than_a_file(const std::string& path) {
  struct stat info = {};
  return stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode);
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

constexpr std::string_view suffix = ".tmp";
constexpr std::size_t random_bytes = 8;

// "report.json.0123456789abcdef.tmp": no process id, for every program in a container of its own has the same.
std::string temporary_name(const std::string& path) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::array<unsigned char, random_bytes> bytes{};
  static_cast<void>(getrandom(bytes.data(), bytes.size(), 0));  // a name that is taken is refused
  std::string name = path + ".";
  for (const unsigned char byte : bytes) name.append({hex[byte >> 4], hex[byte & 15]});
  return name.append(suffix);
}

bool is_temporary_name_of(std::string_view file, std::string_view name) {
  if (!name.starts_with(file) || name.size() != file.size() + 1 + 2 * random_bytes + suffix.size()) return false;
  name.remove_prefix(file.size());
  const std::string_view digits = name.substr(1, 2 * random_bytes);
  return name.front() == '.' && name.ends_with(suffix) &&
         digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// What a power cut left between naming and renaming, which takes a moment: after an hour nobody is at it.
void remove_leftovers(const std::string& path) {
  namespace fs = std::filesystem;
  const std::string file = fs::path(path).filename();
  const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(1);
  std::error_code ignored;
  for (fs::directory_iterator at(folder_of(path), ignored), end; !ignored && at != end; at.increment(ignored)) {
    if (!is_temporary_name_of(file, at->path().filename().native())) continue;
    std::error_code unknown;
    const auto written = at->last_write_time(unknown);
    if (!unknown && written < long_ago) fs::remove(at->path(), unknown);
  }
}

// 0, or errno.
int copy_all(int from, int to) {
  constexpr std::size_t most_at_once = std::size_t{1} << 30;
  off_t at = 0;
  for (;;) {
    const ssize_t copied = sendfile(to, from, &at, most_at_once);
    if (copied == 0) return 0;
    if (copied < 0 && errno != EINTR) return errno;
  }
}

// While it lives, signals that end the program wait.
class SignalsWait {
 public:
  SignalsWait() {
    sigset_t ending;
    sigemptyset(&ending);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) sigaddset(&ending, signal);
    pthread_sigmask(SIG_BLOCK, &ending, &before_);
  }
  SignalsWait(const SignalsWait&) = delete;
  SignalsWait& operator=(const SignalsWait&) = delete;
  ~SignalsWait() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

}  // namespace

Result<Output> Output::to_file(Console& console, const std::string& path, mode_t mode, UnnamedFiles unnamed) {
  Output output(console);
  output.path_ = path;
  output.mode_ = mode;
  if (is_something_else_than_a_file(path)) {
    output.descriptor_ = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    output.kind_ = Kind::direct;
  } else {
    output.open_unnamed(unnamed);
  }
  if (output.descriptor_ < 0) return cannot_write(path, errno, ErrorCode::usage);
  return output;
}

// A file system, or a kernel, without unnamed files: memory has them, and finish() copies.
void Output::open_unnamed(UnnamedFiles unnamed) {
  remove_leftovers(path_);
  kind_ = Kind::unnamed;
  errno = EOPNOTSUPP;
  if (unnamed == UnnamedFiles::if_had) {
    descriptor_ = open(folder_of(path_).c_str(), O_WRONLY | O_CLOEXEC | O_TMPFILE, mode_);
  }
  if (descriptor_ >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return;
  kind_ = Kind::in_memory;
  // Told now, not after an hour's scan.
  if (access(folder_of(path_).c_str(), W_OK | X_OK) == 0) descriptor_ = memfd_create("kastell", MFD_CLOEXEC);
}

Output::Output(Output&& other) noexcept
    : console_(other.console_),
      descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      kind_(other.kind_),
      mode_(other.mode_),
      problem_(other.problem_) {}

Output::~Output() {
  if (descriptor_ >= 0) close(descriptor_);
}

void Output::write(std::string_view text) {
  if (descriptor_ < 0) {
    console_.write_out(text);
  } else if (problem_ == 0) {
    problem_ = write_fully(descriptor_, text);
  }
}

int Output::give_name(const std::string& name) {
  if (kind_ == Kind::unnamed) {
    const std::string itself = "/proc/self/fd/" + std::to_string(descriptor_);
    return linkat(AT_FDCWD, itself.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
  }
  const int copy = open(name.c_str(), O_WRONLY | O_CLOEXEC | O_CREAT | O_EXCL, mode_);
  if (copy < 0) return errno;
  const int problem = copy_all(descriptor_, copy);
  return close(copy) != 0 && problem == 0 ? errno : problem;
}

// A file without a name can be given one, but not one that exists: so first another, then the real one.
int Output::put_in_place() {
  const std::string temporary = temporary_name(path_);
  int problem = kind_ == Kind::direct ? 0 : give_name(temporary);
  if (close(std::exchange(descriptor_, -1)) != 0 && problem == 0) problem = errno;
  if (kind_ == Kind::direct) return problem;
  if (problem == 0 && std::rename(temporary.c_str(), path_.c_str()) != 0) problem = errno;
  if (problem != 0 && problem != EEXIST) unlink(temporary.c_str());
  return problem;
}

Result<void> Output::finish() {
  if (descriptor_ < 0) {
    if (console_.failure != 0) return cannot_write("standard output", console_.failure, ErrorCode::unreadable);
    return {};
  }
  const SignalsWait wait;
  if (problem_ == 0) problem_ = put_in_place();
  if (problem_ != 0) return cannot_write(path_, problem_, ErrorCode::unreadable);
  return {};
}

}  // namespace kastell::cli
