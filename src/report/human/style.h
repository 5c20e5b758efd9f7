// Colours and weights on a terminal; nothing when colour is off.
#pragma once

#include <string>
#include <string_view>

#include "policy/control.h"

namespace kastell::report {

enum class Look : std::uint8_t { plain, bold, dim, caret, file, critical, high, medium, low, info };

class Style {
 public:
  explicit Style(bool colour) : colour_(colour) {}

  void append(std::string& out, Look look, std::string_view text) const;
  static Look of(policy::Severity severity);

 private:
  bool colour_;
};

}  // namespace kastell::report
