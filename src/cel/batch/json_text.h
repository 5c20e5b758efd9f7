// Text as a JSON string, quotes included. Bytes that are not UTF-8 (a URL's %ff, a piece of a pattern)
// become U+FFFD each, as in Go, so that an answer always is valid JSON.
#pragma once

#include <string>
#include <string_view>

namespace kastell::cel {

void append_json_text(std::string& out, std::string_view text);

}  // namespace kastell::cel
