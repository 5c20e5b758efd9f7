// Literals: from the text of a token to its value.
#pragma once

#include <expected>
#include <string_view>

#include "base/arena.h"
#include "cel/parse/token.h"
#include "cel/value.h"

namespace kastell::cel {

// The value of a literal token; for numbers `text` may begin with '-'. Strings and bytes that need
// it are copied into the arena; the others keep views of `text`, which must live as long.
// The error is the message for the user ("invalid int literal").
std::expected<Value, std::string_view> literal_value(Arena& arena, TokenKind kind, std::string_view text);

}  // namespace kastell::cel
