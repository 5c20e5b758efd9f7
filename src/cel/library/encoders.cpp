// The encoders extension: base64 (cel-go ext/encoders.go).
#include <string>

#include "base/base64.h"
#include "cel/libraries.h"
#include "cel/library/declare.h"
#include "cel/value.h"

namespace kastell::cel {
namespace {

using Arguments = std::span<const Value>;
using declare::function;

// The place that Go's last attempt, decoding without padding, complains about.
std::size_t corrupt_byte(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\n' && text[at] != '\r' && !is_base64_digit(text[at])) return at;
  }
  return text.size() - 1;
}

Value base64_decode(CallContext& context, Arguments arguments) {
  const auto bytes = decode_base64(as_text(arguments[0]), Padding::optional);
  if (bytes) return make_bytes(context.arena.copy(*bytes));
  return make_error(context.arena,
                    "illegal base64 data at input byte " + std::to_string(corrupt_byte(as_text(arguments[0]))));
}

Value base64_encode(CallContext& context, Arguments arguments) {
  return make_string(context.arena.copy(encode_base64(as_text(arguments[0]))));
}

constexpr Overload overloads[] = {
    function("base64.decode", "base64_decode_string", "string -> bytes", &base64_decode),
    function("base64.encode", "base64_encode_bytes", "bytes -> string", &base64_encode),
};

}  // namespace

Library encoders_library() {
  return {.name = "encoders", .overloads = overloads};
}

}  // namespace kastell::cel
