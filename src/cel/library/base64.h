#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kastell::cel {

std::string encode_base64(std::string_view bytes);

// Padding is optional, line ends are skipped, and bits left over need not be zero: as in Go.
std::optional<std::string> decode_base64(std::string_view text);

// The place that Go's last attempt, decoding without padding, complains about.
std::size_t corrupt_base64_byte(std::string_view text);

}  // namespace kastell::cel
