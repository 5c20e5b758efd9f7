// Runs a program as a stranger would: its own process, no shell, a folder of its own.
#pragma once

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "support/sections.h"

namespace kastell::tests {

struct Finished {
  int exit_code = -1;  // -1: ended by a signal
  int signal = 0;
  std::string out, err;
};

// An empty folder that is gone afterwards.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "kastell-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

  void add(const std::string& name, std::string_view content) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    write_text(path_ / name, content);
  }

 private:
  std::filesystem::path path_;
};

struct Run {
  std::vector<std::string> arguments;  // without the program
  std::filesystem::path folder;
  std::string input = {};
  std::string out_path = {};   // standard output goes there instead of being caught
  bool closed_reader = false;  // standard output is a pipe that nobody reads
  bool terminal = false;       // standard output is a terminal
  std::string no_color = {};   // value of NO_COLOR; empty: not set
};

// The program under test: ctest sets KASTELL.
inline std::string program_under_test() {
  const char* path = std::getenv("KASTELL");
  return path == nullptr ? "" : path;
}

namespace detail {

inline int open_out(const Run& run, const std::filesystem::path& file, int& terminal) {
  if (run.closed_reader) {
    int ends[2];
    if (pipe(ends) != 0) return -1;
    close(ends[0]);
    return ends[1];
  }
  if (run.terminal) {
    int inside = -1;
    return openpty(&terminal, &inside, nullptr, nullptr, nullptr) == 0 ? inside : -1;
  }
  const std::string path = run.out_path.empty() ? file.string() : run.out_path;
  return open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
}

[[noreturn]] inline void become(const Run& run, int in, int out, int err) {
  dup2(in, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  if (chdir(run.folder.c_str()) != 0) _exit(126);
  setenv("TERM", "xterm", 1);
  run.no_color.empty() ? unsetenv("NO_COLOR") : setenv("NO_COLOR", run.no_color.c_str(), 1);
  std::string program = program_under_test();
  std::vector<char*> arguments = {program.data()};
  std::vector<std::string> copies = run.arguments;
  for (std::string& argument : copies) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  execv(program.c_str(), arguments.data());
  _exit(127);
}

inline std::string read_terminal(int terminal) {
  std::string text;
  char buffer[4096];
  for (ssize_t count = 0; (count = read(terminal, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(count));
  }
  close(terminal);
  return text;
}

}  // namespace detail

inline Finished run_program(const Run& run) {
  const TemporaryFolder streams;
  streams.add("in", run.input);
  int terminal = -1;
  const int in = open((streams.path() / "in").c_str(), O_RDONLY);
  const int out = detail::open_out(run, streams.path() / "out", terminal);
  const int err = open((streams.path() / "err").c_str(), O_WRONLY | O_CREAT, 0600);
  const pid_t child = fork();
  if (child == 0) detail::become(run, in, out, err);
  close(in);
  close(out);
  close(err);
  Finished finished;
  if (terminal >= 0) finished.out = detail::read_terminal(terminal);
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status)) finished.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) finished.signal = WTERMSIG(status);
  if (terminal < 0 && !run.closed_reader && run.out_path.empty()) finished.out = read_text(streams.path() / "out");
  finished.err = read_text(streams.path() / "err");
  return finished;
}

}  // namespace kastell::tests
