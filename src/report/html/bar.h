// A bar of shares, and its legend: the same numbers as text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kastell::report {

struct Share {
  std::string_view name;  // also the class that colours it: "not-evaluated"
  std::uint64_t count;
};

// Drawn as SVG, whose widths are attributes: the page's policy allows no styles of elements.
void append_bar(std::string& out, std::span<const Share> shares);

}  // namespace kastell::report
