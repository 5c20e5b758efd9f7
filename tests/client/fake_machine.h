// A machine in memory: files, environment, a clock that only sleeping moves, and programs that were foretold.
#pragma once

#include <functional>
#include <map>
#include <mutex>

#include "base/machine.h"

namespace kastell::tests {

class FakeMachine : public Machine {
 public:
  MemoryFileSystem tree;
  std::map<std::string, std::string> variables;
  bool terminal = false;
  WallTime started = WallTime(std::chrono::hours(24 * 365 * 56));
  // What running a program does; the programs that were run are kept.
  std::function<Result<ProgramEnd>(const Program&)> program;
  mutable std::vector<Program> ran;
  mutable std::vector<std::chrono::milliseconds> slept;

  const FileSystem& files() const override { return tree; }
  std::optional<std::string> environment(const std::string& name) const override {
    const auto at = variables.find(name);
    return at == variables.end() ? std::nullopt : std::optional(at->second);
  }
  WallTime wall_time() const override { return started + passed(); }
  SteadyTime steady_time() const override { return SteadyTime() + passed(); }
  void sleep(std::chrono::milliseconds duration) const override {
    const std::lock_guard lock(mutex_);
    slept.push_back(duration);
    passed_ += duration;
  }
  double random() const override { return 0; }
  bool input_is_terminal() const override { return terminal; }
  Result<ProgramEnd> run(const Program& wanted) const override {
    ran.push_back(wanted);
    return program ? program(wanted) : failure(ErrorCode::not_found, "no such program");
  }

 private:
  std::chrono::milliseconds passed() const {
    const std::lock_guard lock(mutex_);
    return passed_;
  }
  mutable std::mutex mutex_;
  mutable std::chrono::milliseconds passed_{0};
};

}  // namespace kastell::tests
