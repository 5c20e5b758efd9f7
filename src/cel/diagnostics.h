#pragma once

#include <vector>

#include "cel/compile.h"

namespace kastell::cel {

// By offset; those of one place stay in the order in which they were found.
std::vector<Diagnostic> in_text_order(std::vector<Diagnostic> diagnostics);

}  // namespace kastell::cel
