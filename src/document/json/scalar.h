// JSON's strings and numbers.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "document/node.h"

namespace kastell::document::json {

struct Scalar {
  Node node = {};
  const char* error = nullptr;     // what is wrong, or null
  std::uint32_t error_offset = 0;  // from the scalar's first byte
};

// `inside` is what stands between the quotes; escapes are resolved into `arena`. Halves of surrogate
// pairs become U+FFFD, as in Kubernetes' decoder.
Scalar read_string(std::string_view inside, Arena& arena);

// `word` runs up to the next white space or punctuation: a number, true, false or null. Numbers without
// '.' and exponent that fit become integers, all others doubles.
Scalar read_word(std::string_view word);

}  // namespace kastell::document::json
