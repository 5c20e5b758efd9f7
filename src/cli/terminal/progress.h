// A progress line on a terminal's standard error, for runs that take longer than a moment.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

#include "cli/terminal/console.h"

namespace kastell::cli {

class Progress {
 public:
  Progress(const Console& console, bool wanted) : console_(console), wanted_(wanted && console.err_is_terminal) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  // "reading 120 of 1000 files". Cheap: writes at most ten times a second, and nothing in the first half second.
  void show(std::string_view doing, std::size_t done, std::size_t all, std::string_view things);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  const Console& console_;
  bool wanted_;
  bool shown_ = false;
  Clock::time_point started_ = Clock::now();
  Clock::time_point last_ = started_;
};

}  // namespace kastell::cli
