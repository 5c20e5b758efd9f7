#include "base/machine.h"

#include <unistd.h>

#include <cstdlib>
#include <mutex>
#include <random>
#include <thread>

namespace kastell {

namespace {

class ThisMachine final : public Machine {
 public:
  const FileSystem& files() const override { return operating_system_files(); }

  std::optional<std::string> environment(const std::string& name) const override {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  }

  WallTime wall_time() const override { return std::chrono::system_clock::now(); }
  SteadyTime steady_time() const override { return std::chrono::steady_clock::now(); }
  void sleep(std::chrono::milliseconds duration) const override { std::this_thread::sleep_for(duration); }

  double random() const override {
    thread_local std::minstd_rand engine(std::random_device{}());
    return std::uniform_real_distribution<double>(0, 1)(engine);
  }

  bool input_is_terminal() const override { return isatty(STDIN_FILENO) == 1; }
  Result<ProgramEnd> run(const Program& program) const override { return run_program(program); }
};

}  // namespace

const Machine& this_machine() {
  static const ThisMachine machine;
  return machine;
}

}  // namespace kastell
