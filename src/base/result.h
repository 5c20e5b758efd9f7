// Result and Error: how every failure that can happen travels through Kastell.
//
// A function that can fail for reasons outside the program returns Result<T>. An Error carries a
// stable code (what a script may branch on), one sentence for a person, and the place in the input.
// Exceptions are for bugs only. Values here are plain data; nothing is shared between threads.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

namespace kastell {

enum class ErrorCode : std::uint8_t {
  usage,        // the caller asked for something that does not exist
  not_found,    // no such file, control, variable…
  unreadable,   // present, but the system would not let us read it
  syntax,       // malformed input
  limit,        // a bound on depth, size, count or steps was reached; the message names it
  unsupported,  // well formed, but not something Kastell handles
  type,         // a CEL expression that does not check
  evaluation,   // a CEL expression that failed at run time
  internal,     // a bug
};

// The stable spelling of a code, as reports print it: "syntax", "limit", …
const char* name_of(ErrorCode code);

// A place in a source. Lines and columns are 1-based; columns count Unicode code points.
// Zero means unknown.
struct Place {
  std::string source;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;
  Place place = {};
};

// "file:line:column: message", leaving out what is unknown.
std::string to_string(const Error& error);

template <typename T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> failure(ErrorCode code, std::string message, Place place = {}) {
  return std::unexpected<Error>(Error{code, std::move(message), std::move(place)});
}

}  // namespace kastell
