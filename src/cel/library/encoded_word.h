// Words of headers that are written in a character set ("=?utf-8?q?J=C3=B6rg?="), as Go's mime reads them (RFC 2047).
// Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string_view>

namespace kastell::cel {

enum class EncodedWord : std::uint8_t {
  none,     // an ordinary word
  empty,    // encoded, and nothing in it
  text,     // encoded
  foreign,  // in a character set that Go does not know: an error
};
EncodedWord read_encoded_word(std::string_view word);

}  // namespace kastell::cel
