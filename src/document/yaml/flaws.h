// Bytes that no YAML text may contain: invalid UTF-8 and control characters.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kastell::document::yaml {

struct Flaw {
  std::size_t offset;
  const char* message;
};

// The first one at or behind `from`, which must not be inside a character.
std::optional<Flaw> find_flaw(std::string_view text, std::size_t from);

}  // namespace kastell::document::yaml
