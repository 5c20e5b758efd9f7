// Base64 (RFC 4648 section 4) as Go reads and writes it. Pure and thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kastell {

enum class Padding : std::uint8_t { required, optional };

std::string encode_base64(std::string_view bytes);

// Line ends are skipped, and bits left over need not be zero. Nothing if the text is not of this form.
std::optional<std::string> decode_base64(std::string_view text, Padding padding = Padding::required);

bool is_base64_digit(char c);

}  // namespace kastell
