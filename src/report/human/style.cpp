#include "report/human/style.h"

#include <array>

namespace kastell::report {

namespace {
// Select Graphic Rendition (ECMA-48 §8.3.117), by Look.
constexpr std::array<std::string_view, 10> codes = {"",           "\x1b[1m",  "\x1b[2m",  "\x1b[31m", "\x1b[1;36m",
                                                    "\x1b[1;31m", "\x1b[31m", "\x1b[33m", "\x1b[36m", "\x1b[2m"};
}  // namespace

void Style::append(std::string& out, Look look, std::string_view text) const {
  if (!colour_ || look == Look::plain) {
    out += text;
    return;
  }
  out.append(codes[static_cast<std::size_t>(look)]).append(text).append("\x1b[0m");
}

Look Style::of(policy::Severity severity) {
  constexpr std::array<Look, 5> looks = {Look::info, Look::low, Look::medium, Look::high, Look::critical};
  return looks[static_cast<std::size_t>(severity)];
}

}  // namespace kastell::report
