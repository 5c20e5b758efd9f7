#include "cli/terminal/progress.h"

#include <string>

namespace kastell::cli {

namespace {
constexpr std::chrono::milliseconds quiet_at_first{500};
constexpr std::chrono::milliseconds between{100};
}  // namespace

void Progress::show(std::string_view doing, std::size_t done, std::size_t all, std::string_view things) {
  if (!wanted_) return;
  const auto now = Clock::now();
  if (now - started_ < quiet_at_first || (shown_ && now - last_ < between)) return;
  last_ = now;
  shown_ = true;
  std::string line("\r\x1b[K");
  line.append(doing).append(" ").append(std::to_string(done)).append(" of ").append(std::to_string(all));
  console_.write_err(line.append(" ").append(things));
}

void Progress::clear() {
  if (shown_) console_.write_err("\r\x1b[K");
  shown_ = false;
}

}  // namespace kastell::cli
