// The source of a finding: its line, and the lines of the fields that it stands in.
#pragma once

#include <string>

#include "policy/scan.h"

namespace kastell::report {

// Only lines on which a field of the path begins are shown: a line between them may belong to a text that must not be
// shown. Each is cut before its first secret. Nothing where the source's text is not kept.
void append_html_excerpt(std::string& out, const policy::FindingDetail& detail, const snapshot::Snapshot& snapshot);

}  // namespace kastell::report
