#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <system_error>

#include "base/machine.h"

namespace kastell {

namespace {

using Clock = std::chrono::steady_clock;

class Pipe {
 public:
  Pipe() {
    if (pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  bool is_open() const { return ends_[0] >= 0; }
  int reading() const { return ends_[0]; }
  int writing() const { return ends_[1]; }
  void close_writing() { close_end(1); }

 private:
  void close_end(std::size_t end) {
    if (ends_[end] >= 0) close(ends_[end]);
    ends_[end] = -1;
  }
  std::array<int, 2> ends_{-1, -1};
};

// Texts as the pointers that exec wants.
std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> environment_for(const Program& program) {
  std::vector<std::string> texts;
  for (const auto& [name, value] : program.environment) texts.push_back(name + "=" + value);
  const std::size_t own = texts.size();
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = text.substr(0, text.find('='));
    bool replaced = program.only_environment && name != "PATH";
    for (std::size_t i = 0; i < own && !replaced; ++i) replaced = program.environment[i].first == name;
    if (!replaced) texts.emplace_back(text);
  }
  return texts;
}

// What is to happen between fork and exec: streams, no other descriptor, and a process group that can be ended as
// one (not for a program that may read the terminal: only the foreground group may).
class SpawnPlan {
 public:
  SpawnPlan(const Program& program, int output, std::optional<int> errors) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    if (!program.may_ask) {
      posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
      posix_spawnattr_setpgroup(&attributes_, 0);
      posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP);
    }
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    if (errors) posix_spawn_file_actions_adddup2(&actions_, *errors, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }

  int spawn(const Program& program, pid_t& child) const {
    std::vector<std::string> words = {program.command};
    words.insert(words.end(), program.arguments.begin(), program.arguments.end());
    std::vector<std::string> variables = environment_for(program);
    return posix_spawnp(&child, program.command.c_str(), &actions_, &attributes_, pointers_to(words).data(),
                        pointers_to(variables).data());
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

// What ended the reading of a program's output.
enum class ReadingEnd : std::uint8_t { end, too_much, too_long };

// One stream of a program: its descriptor, until it ends, and what came out of it.
struct Stream {
  int descriptor = -1;  // -1: at its end, or not caught
  std::string* text = nullptr;
  std::size_t most = 0;
  bool drops_the_rest = false;  // beyond `most`; else that much is too much
};

// Whether the stream may go on.
bool read_block(Stream& stream) {
  std::array<char, 4096> block;
  const ssize_t count = read(stream.descriptor, block.data(), block.size());
  if (count < 0 && errno == EINTR) return true;
  if (count <= 0) {
    stream.descriptor = -1;
    return true;
  }
  const auto size = static_cast<std::size_t>(count);
  const std::size_t room = stream.most - std::min(stream.most, stream.text->size());
  stream.text->append(block.data(), std::min(size, room));
  return size <= room || stream.drops_the_rest;
}

ReadingEnd read_streams(std::array<Stream, 2> streams, Clock::time_point deadline) {
  while (streams[0].descriptor >= 0 || streams[1].descriptor >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return ReadingEnd::too_long;
    std::array<pollfd, 2> waiting{{{streams[0].descriptor, POLLIN, 0}, {streams[1].descriptor, POLLIN, 0}}};
    if (poll(waiting.data(), waiting.size(), static_cast<int>(left)) <= 0) continue;
    for (std::size_t i = 0; i < streams.size(); ++i) {
      if (waiting[i].revents != 0 && !read_block(streams[i])) return ReadingEnd::too_much;
    }
  }
  return ReadingEnd::end;
}

// A program may close its output and live on.
bool wait_until(pid_t child, Clock::time_point deadline, int& status) {
  for (;;) {
    const pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended == child || (ended < 0 && errno != EINTR)) return true;
    if (Clock::now() >= deadline) return false;
    poll(nullptr, 0, 5);
  }
}

void end(const Program& program, pid_t child) {
  int status = 0;
  kill(program.may_ask ? child : -child, SIGKILL);
  waitpid(child, &status, 0);
}

std::unexpected<Error> took_too_long(const Program& program) {
  return failure(ErrorCode::limit, program.command + " took longer than the limit of " +
                                       std::to_string(program.longest.count()) + " ms and was ended");
}

}  // namespace

Result<ProgramEnd> run_program(const Program& program) {
  const Clock::time_point deadline = Clock::now() + program.longest;
  const bool catches_errors = program.kept_errors > 0;
  Pipe output, errors;
  if (!output.is_open() || !errors.is_open()) {
    return failure(ErrorCode::unreadable, "no pipe to be had for " + program.command);
  }
  const SpawnPlan plan(program, output.writing(), catches_errors ? std::optional(errors.writing()) : std::nullopt);
  pid_t child = -1;
  if (const int error = plan.spawn(program, child); error != 0) {
    return failure(error == ENOENT ? ErrorCode::not_found : ErrorCode::unreadable,
                   "cannot start " + program.command + ": " + std::generic_category().message(error));
  }
  output.close_writing();
  errors.close_writing();
  ProgramEnd result;
  const ReadingEnd reading =
      read_streams({{{output.reading(), &result.output, program.most_output, false},
                     {catches_errors ? errors.reading() : -1, &result.errors, program.kept_errors, true}}},
                   deadline);
  int status = 0;
  if (reading != ReadingEnd::end || !wait_until(child, deadline, status)) {
    end(program, child);
    if (reading != ReadingEnd::too_much) return took_too_long(program);
    return failure(ErrorCode::limit,
                   program.command + " wrote more than the limit of " + std::to_string(program.most_output) + " bytes");
  }
  result.exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return result;
}

}  // namespace kastell
