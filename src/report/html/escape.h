// Texts in HTML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kastell::report {

// For content and for attributes in double quotes alike. Control characters and marks that turn the direction of text
// are made visible (report/wrap.h).
void append_html(std::string& out, std::string_view text);

// 15,267
void append_grouped(std::string& out, std::uint64_t number);

}  // namespace kastell::report
