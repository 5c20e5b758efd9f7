// Secret: a text that is used but never shown: no message, log or comparison by accident sees it.
#pragma once

#include <string>
#include <utility>

namespace kastell::client {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}

  bool empty() const { return text_.empty(); }
  // For the one place that sends it.
  const std::string& reveal() const { return text_; }
  bool operator==(const Secret&) const = default;

 private:
  std::string text_;
};

}  // namespace kastell::client
