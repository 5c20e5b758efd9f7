// Where a place in an expression stands in the YAML that holds the expression.
#pragma once

#include <cstdint>
#include <string_view>

namespace kastell::policy {

// The offset in `source` of text[at], for a scalar `text` (plain, quoted or block) whose value begins at `value`.
// Follows folding, indentation and doubled quotes; where it cannot (an alias, an escape), the answer is `value`.
std::uint32_t place_in_source(std::string_view source, std::uint32_t value, std::string_view text, std::uint32_t at);

}  // namespace kastell::policy
