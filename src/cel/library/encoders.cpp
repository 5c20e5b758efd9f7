// The encoders extension: base64 (cel-go ext/encoders.go).
#include <array>
#include <optional>
#include <string>

#include "cel/libraries.h"
#include "cel/library/declare.h"
#include "cel/value.h"

namespace kastell::cel {
namespace {

using Arguments = std::span<const Value>;
using declare::function;

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr auto digit_values = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}();

std::string encode(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = group << 8 | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) text += i <= count ? alphabet[group >> (18 - 6 * i) & 63] : '=';
  }
  return text;
}

// Padding is optional, line ends are skipped, and bits left over need not be zero: as in Go.
std::optional<std::string> decode(std::string_view text) {
  std::string bytes;
  std::uint32_t group = 0;
  std::size_t digits = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    const std::int8_t value = digit_values[static_cast<unsigned char>(c)];
    if (c == '=') {
      ++padding;
    } else if (value < 0 || padding > 0) {
      return std::nullopt;
    } else {
      group = group << 6 | static_cast<std::uint32_t>(value);
      const std::size_t in_group = ++digits % 4;
      if (in_group != 1) bytes += static_cast<char>(group >> (in_group == 2 ? 4 : in_group == 3 ? 2 : 0) & 255);
    }
  }
  const std::size_t left_over = digits % 4;
  const bool is_padded = padding == (4 - left_over) % 4;
  return left_over == 1 || (padding > 0 && !is_padded) ? std::nullopt : std::optional(std::move(bytes));
}

// The place that Go's last attempt, decoding without padding, complains about.
std::size_t corrupt_byte(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\n' && text[at] != '\r' && digit_values[static_cast<unsigned char>(text[at])] < 0) return at;
  }
  return text.size() - 1;
}

Value base64_decode(CallContext& context, Arguments arguments) {
  const auto bytes = decode(as_text(arguments[0]));
  if (bytes) return make_bytes(context.arena.copy(*bytes));
  return make_error(context.arena,
                    "illegal base64 data at input byte " + std::to_string(corrupt_byte(as_text(arguments[0]))));
}

Value base64_encode(CallContext& context, Arguments arguments) {
  return make_string(context.arena.copy(encode(as_text(arguments[0]))));
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
