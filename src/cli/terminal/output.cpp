#include "cli/terminal/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
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

std::string temporary_name(const std::string& path) {
  return path + "." + std::to_string(getpid()) + ".tmp";
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

Result<Output> Output::to_file(Console& console, const std::string& path, mode_t mode) {
  Output output(console);
  output.path_ = path;
  if (is_something_else_than_a_file(path)) {
    output.descriptor_ = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    output.descriptor_ = open(folder_of(path).c_str(), O_WRONLY | O_CLOEXEC | O_TMPFILE, mode);
    output.unnamed_ = output.descriptor_ >= 0;
    if (!output.unnamed_ && (errno == EOPNOTSUPP || errno == EISDIR)) {  // a file system, or a kernel, without such
      output.temporary_ = temporary_name(path);
      output.descriptor_ = open(output.temporary_.c_str(), O_WRONLY | O_CLOEXEC | O_CREAT | O_EXCL, mode);
    }
  }
  if (output.descriptor_ >= 0) return output;
  output.temporary_.clear();
  return cannot_write(path, errno, ErrorCode::usage);
}

Output::Output(Output&& other) noexcept
    : console_(other.console_),
      descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      unnamed_(other.unnamed_),
      problem_(other.problem_) {}

Output::~Output() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void Output::write(std::string_view text) {
  if (descriptor_ < 0) {
    console_.write_out(text);
  } else if (problem_ == 0) {
    problem_ = write_fully(descriptor_, text);
  }
}

// A file without a name can be given one, but not one that exists: so first another, then the real one.
int Output::put_in_place() {
  if (unnamed_) {
    const std::string itself = "/proc/self/fd/" + std::to_string(descriptor_);
    temporary_ = temporary_name(path_);
    if (linkat(AT_FDCWD, itself.c_str(), AT_FDCWD, temporary_.c_str(), AT_SYMLINK_FOLLOW) != 0) {
      temporary_.clear();
      return errno;
    }
  }
  if (close(std::exchange(descriptor_, -1)) != 0) return errno;
  if (temporary_.empty()) return 0;
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) return errno;
  temporary_.clear();
  return 0;
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
