// Text to tokens (specification: «Lexis» of the grammar). Spaces and comments are dropped.
#pragma once

#include <expected>
#include <string_view>
#include <vector>

#include "cel/compile.h"
#include "cel/parse/token.h"

namespace kastell::cel {

// The tokens of `text`, the last one TokenKind::end; or where and why it cannot be read.
// `text` must be valid UTF-8.
std::expected<std::vector<Token>, Diagnostic> tokenise(std::string_view text);

}  // namespace kastell::cel
