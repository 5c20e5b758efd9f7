// Percent-encoding of the parts of a URL, with Go's choice of what each part may hold unescaped.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace kastell::cel {

enum class UrlPart : std::uint8_t { path, host, zone, user_info, query, fragment };

std::string url_escape(std::string_view text, UrlPart part);

// The error is Go's text: `invalid URL escape "%zz"`.
std::expected<std::string, std::string> url_unescape(std::string_view text, UrlPart part);

// Whether nothing in the text needs escaping that is not escaped.
bool is_url_encoded(std::string_view text, UrlPart part);

}  // namespace kastell::cel
