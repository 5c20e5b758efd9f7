// Machine: the one door to the clock, the environment, files and other programs, so that what stands above
// can be tried with none of them.
//
// Thread-safety: all members may be called from several threads at once.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"

namespace kastell {

// A program to run to its end. There is no shell: arguments arrive as they are.
struct Program {
  std::string command;                                           // a path, or a name to be looked up in PATH
  std::vector<std::string> arguments;                            // without the command
  std::vector<std::pair<std::string, std::string>> environment;  // beside what this process has, and before it
  bool only_environment = false;                                 // `environment` is all it gets, beside PATH
  bool may_ask = false;                            // it gets this process's standard input; else an empty one
  std::size_t most_output = std::size_t{1} << 20;  // of standard output, in bytes
  std::size_t kept_errors = 0;                     // bytes of standard error to hand back; 0: it goes where ours goes
  std::chrono::milliseconds longest = std::chrono::seconds(60);
};

struct ProgramEnd {
  int exit_code = 0;        // 128 + the signal, if one ended it
  std::string output = {};  // standard output
  std::string errors = {};  // the beginning of standard error, as far as it was asked for
};

class Machine {
 public:
  using WallTime = std::chrono::system_clock::time_point;
  using SteadyTime = std::chrono::steady_clock::time_point;

  virtual ~Machine() = default;

  virtual const FileSystem& files() const = 0;
  virtual std::optional<std::string> environment(const std::string& name) const = 0;
  virtual WallTime wall_time() const = 0;
  virtual SteadyTime steady_time() const = 0;
  virtual void sleep(std::chrono::milliseconds duration) const = 0;
  virtual double random() const = 0;  // in [0, 1); for jitter, not for secrets
  virtual bool input_is_terminal() const = 0;
  // Errors: not_found for a command that is not there, limit when it takes too long or writes too much (it is
  // ended then, with what it started).
  virtual Result<ProgramEnd> run(const Program& program) const = 0;
};

// The machine that this process runs on.
const Machine& this_machine();

// Runs a program with the operating system's own means; Machine::run of this_machine().
Result<ProgramEnd> run_program(const Program& program);

}  // namespace kastell
