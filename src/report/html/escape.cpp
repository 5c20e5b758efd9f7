#include "report/html/escape.h"

#include "report/wrap.h"

namespace kastell::report {

namespace {

std::string_view entity_of(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return {};
  }
}

}  // namespace

void append_html(std::string& out, std::string_view text) {
  std::string visible;
  append_visible(visible, text);
  for (const char c : visible) {
    const std::string_view entity = entity_of(c);
    entity.empty() ? void(out += c) : void(out += entity);
  }
}

void append_grouped(std::string& out, std::uint64_t number) {
  const std::string digits = std::to_string(number);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i != 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
}

}  // namespace kastell::report
