// The source line that a finding points at, with a caret.
#pragma once

#include <string>

#include "policy/scan.h"
#include "report/human/style.h"

namespace kastell::report {

// Appends the line and the caret line, `indent` columns in, fitting `width`. A line that holds a secret is cut
// before it; of a very long line (minified JSON) nothing is shown, since its neighbours are on it too.
void append_excerpt(std::string& out, const policy::FindingDetail& detail, const snapshot::Snapshot& snapshot,
                    const Style& style, std::size_t width);

}  // namespace kastell::report
