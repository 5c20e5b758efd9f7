#include "kube/client/reader/rate_limit.h"

#include <algorithm>

namespace kastell::client {

RateLimit::RateLimit(double per_second, unsigned burst, const Machine& machine)
    : per_second_(per_second),
      burst_(std::max(burst, 1U)),
      machine_(machine),
      tokens_(burst_),
      counted_(machine.steady_time()) {}

void RateLimit::wait() {
  double missing = 0;
  {
    const std::lock_guard lock(mutex_);
    const auto now = machine_.steady_time();
    const double seconds = std::chrono::duration<double>(now - counted_).count();
    counted_ = now;
    tokens_ = std::min(burst_, tokens_ + seconds * per_second_) - 1;
    missing = -tokens_;
  }
  if (missing > 0)
    machine_.sleep(std::chrono::milliseconds(static_cast<std::int64_t>(missing / per_second_ * 1000) + 1));
}

}  // namespace kastell::client
