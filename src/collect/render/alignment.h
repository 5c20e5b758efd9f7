// Which line of a template wrote which line of its output.
//
// The likeliest way through the template's lines is sought (Viterbi): output lines that a line's literal text fits are
// cheap, text written by an action dearer, lines that are left out cost what they weigh, and loops may begin anew.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "collect/render/template_flow.h"

namespace kastell::collect {

struct AlignedLine {
  std::size_t flow = 0;  // number into the flow's lines
  bool exact = false;    // the line's own text; else an action on it wrote this, or nothing nearer is known
};

// One entry per line of `output` (lines end with \n); nothing if there are too many lines to compare, or none.
std::vector<AlignedLine> align(const TemplateFlow& flow, std::string_view output);

// Lines of output × lines of template that are compared at most; lines in loops count once more for each loop.
inline constexpr std::size_t most_compared_lines = 4'000'000;

}  // namespace kastell::collect
