// What the tag !!binary needs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kastell::document::yaml {

// RFC 4648 section 4, with padding; line breaks are skipped.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace kastell::document::yaml
