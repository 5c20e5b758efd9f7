// Base64 as Kubernetes' []byte fields carry it (RFC 4648, padded; line ends are passed over).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kastell::client {

std::optional<std::string> decode_base64(std::string_view text);
std::string encode_base64(std::string_view bytes);

}  // namespace kastell::client
