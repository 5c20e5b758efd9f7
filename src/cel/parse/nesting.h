#pragma once

#include "cel/parse/parser.h"

namespace kastell::cel {

// One activation of a nesting rule; it lasts as long as the rule's function runs.
class Parser::Nesting {
 public:
  Nesting(Parser& parser, Rule rule) : depth_(parser.depths_[static_cast<std::size_t>(rule)]) {
    within_limit_ = ++depth_ <= parser.environment_.options().recursion_limit;
    if (!within_limit_) parser.stop_at_recursion_limit();
  }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;
  ~Nesting() { --depth_; }

  explicit operator bool() const { return within_limit_; }

 private:
  std::uint32_t& depth_;
  bool within_limit_ = true;
};

}  // namespace kastell::cel
