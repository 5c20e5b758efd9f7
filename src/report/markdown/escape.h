// Texts in Markdown (GitHub's and GitLab's).
#pragma once

#include <string>
#include <string_view>

namespace kastell::report {

// Appends at most `longest` bytes of a text, so that nothing in it is markup, HTML, a link, a mention (@user) or a
// reference (#1); on one line, fit for a cell of a table.
void append_markdown(std::string& out, std::string_view text, std::size_t longest);

}  // namespace kastell::report
