#include "report/markdown/escape.h"

#include "report/wrap.h"

namespace kastell::report {

namespace {

// An empty comment after these keeps GitHub and GitLab from seeing a mention, a reference or a bare link.
constexpr std::string_view broken_up = "@#!$~%^:";
// All other punctuation of Markdown; a backslash makes it plain (CommonMark §2.4).
constexpr std::string_view escaped = "\\`*_{}[]()|";

std::string_view entity_of(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    default: return {};
  }
}

}  // namespace

void append_markdown(std::string& out, std::string_view text, std::size_t longest) {
  std::string visible;
  append_visible(visible, text.substr(0, longest));
  if (text.size() > longest) {
    while (!visible.empty() && (static_cast<unsigned char>(visible.back()) & 0xC0) == 0x80) visible.pop_back();
    if (!visible.empty() && static_cast<unsigned char>(visible.back()) >= 0xC0) visible.pop_back();
    visible += "…";
  }
  for (const char c : visible) {
    if (const std::string_view entity = entity_of(c); !entity.empty()) {
      out += entity;
    } else if (broken_up.find(c) != std::string_view::npos) {
      out.append(1, c).append("<!-- -->");
    } else {
      if (escaped.find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
}

}  // namespace kastell::report
