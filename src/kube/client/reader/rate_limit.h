// A token bucket: so many requests at once, so many per second in the long run.
#pragma once

#include <mutex>

#include "base/machine.h"

namespace kastell::client {

class RateLimit {
 public:
  RateLimit(double per_second, unsigned burst, const Machine& machine);

  // Waits until a request may go. First come, first served.
  void wait();

 private:
  const double per_second_;
  const double burst_;
  const Machine& machine_;
  std::mutex mutex_;
  double tokens_;  // below zero: promised to those who wait
  Machine::SteadyTime counted_;
};

}  // namespace kastell::client
