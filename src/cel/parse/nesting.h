#pragma once

#include "cel/parse/parser.h"

namespace kastell::cel {

// One activation of a nesting rule; it lasts as long as the rule's function runs.
class Parser::Nesting {
 public:
  Nesting(Parser& parser, Rule rule) : parser_(parser), depth_(parser.depths_[static_cast<std::size_t>(rule)]) {
    within_limit_ = deepen();
  }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;
  ~Nesting() { depth_ -= added_; }

  explicit operator bool() const { return within_limit_; }

  // One level more, for the next link of a chain that leans to the left. False past the limit.
  bool deepen() {
    ++added_;
    if (++depth_ <= parser_.environment_.options().recursion_limit) return true;
    parser_.stop_at_recursion_limit();
    return false;
  }

 private:
  Parser& parser_;
  std::uint32_t& depth_;
  std::uint32_t added_ = 0;
  bool within_limit_ = true;
};

}  // namespace kastell::cel
