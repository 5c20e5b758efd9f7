// `kastell guide appendix [LETTER]`.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "cli/terminal/console.h"

namespace kastell::cli {

// Without a letter: all there are, with their titles. Errors (usage): no such appendix, more than one letter.
// As JSON: {"schema": "kastell.appendices/v1", "appendices": [{"letter", "title", "file", "text"}]}.
Result<int> show_appendix(std::span<const std::string> letters, bool json, Console& console);

}  // namespace kastell::cli
