// The examples of the NSA/CISA guide's appendices A to N, corrected: files of policies/appendices/, whose comments say
// what was wrong. The published ones do not all parse, and some do not do what they say.
#pragma once

#include <string_view>
#include <vector>

namespace kastell::policy {

struct Appendix {
  std::string_view letter;  // "E"
  std::string_view title;   // "Network policies: …", from the file's first line
  std::string_view file;    // "E.yaml", "A.Dockerfile"
  std::string_view text;
};

// By letter. Views of the program's own constants.
std::vector<Appendix> guide_appendices();

}  // namespace kastell::policy
