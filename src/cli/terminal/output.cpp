#include "cli/terminal/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

namespace kastell::cli {

namespace {

constexpr mode_t new_file_mode = 0666;  // less the umask

std::unexpected<Error> cannot_write(const std::string& path, int error_number, ErrorCode code) {
  return failure(code, "cannot write " + path + ": " + std::generic_category().message(error_number));
}

bool is_something_else_than_a_file(const std::string& path) {
  struct stat info = {};
  return stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode);
}

}  // namespace

Result<Output> Output::to_file(Console& console, const std::string& path) {
  Output output(console);
  output.path_ = path;
  const bool direct = is_something_else_than_a_file(path);
  if (!direct) output.temporary_ = path + "." + std::to_string(getpid()) + ".tmp";
  const std::string& opened = direct ? path : output.temporary_;
  const int flags = O_WRONLY | O_CLOEXEC | (direct ? 0 : O_CREAT | O_EXCL);
  output.descriptor_ = open(opened.c_str(), flags, new_file_mode);
  if (output.descriptor_ < 0) {
    output.temporary_.clear();
    return cannot_write(path, errno, ErrorCode::usage);
  }
  return output;
}

Output::Output(Output&& other) noexcept
    : console_(other.console_),
      descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
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

Result<void> Output::finish() {
  if (descriptor_ < 0) {
    if (console_.failure != 0) return cannot_write("standard output", console_.failure, ErrorCode::unreadable);
    return {};
  }
  if (close(std::exchange(descriptor_, -1)) != 0 && problem_ == 0) problem_ = errno;
  if (problem_ == 0 && !temporary_.empty() && std::rename(temporary_.c_str(), path_.c_str()) != 0) problem_ = errno;
  if (problem_ != 0) return cannot_write(path_, problem_, ErrorCode::unreadable);
  temporary_.clear();
  return {};
}

}  // namespace kastell::cli
