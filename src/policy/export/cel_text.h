// Texts as literals of exported expressions: in single quotes, since YAML and shells use the double ones.
#pragma once

#include <string>
#include <string_view>

namespace kastell::policy {

inline std::string cel_text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out += "'";
}

}  // namespace kastell::policy
