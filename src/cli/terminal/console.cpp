#include "cli/terminal/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

namespace kastell::cli {

namespace {

constexpr std::size_t narrowest = 40;
constexpr std::size_t widest = 140;  // lines longer than that are hard to read

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

std::size_t width_of(int descriptor, std::size_t otherwise) {
  winsize size = {};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return otherwise;
  return std::clamp<std::size_t>(size.ws_col, narrowest, widest);
}

}  // namespace

Console Console::of_process() {
  Console console;
  console.out_is_terminal = isatty(STDOUT_FILENO) != 0;
  console.err_is_terminal = isatty(STDERR_FILENO) != 0;
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  console.colour_allowed = !is_set("NO_COLOR") && !dumb;  // https://no-color.org
  console.width = width_of(STDOUT_FILENO, console.width);
  return console;
}

int write_fully(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

bool Console::write_out(std::string_view text) {
  if (out_closed_) return false;
  const int problem = write_fully(STDOUT_FILENO, text);
  if (problem == 0) return true;
  out_closed_ = true;
  if (problem != EPIPE) failure = problem;
  return false;
}

void Console::write_err(std::string_view text) const {
  // Nothing sensible is left to do when standard error cannot be written.
  static_cast<void>(write_fully(STDERR_FILENO, text));
}

}  // namespace kastell::cli
