#include "custom/rules/names.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace kastell::custom {

namespace {

constexpr std::array<std::string_view, 21> reserved{
    "as",  "break", "const",     "continue", "else",    "false",  "for",  "function", "if",   "import", "in",
    "let", "loop",  "namespace", "null",     "package", "return", "true", "var",      "void", "while"};

bool is_reachable(char c) {
  return is_alphanumeric(c) || c == '_' || c == '.' || c == '-' || c == '/';
}

}  // namespace

std::optional<std::string> escape_name(std::string_view name) {
  if (name.empty() || is_digit(name[0]) || !std::ranges::all_of(name, is_reachable)) return std::nullopt;
  if (std::ranges::find(reserved, name) != reserved.end()) return "__" + std::string(name) + "__";
  std::string escaped;
  for (std::size_t at = 0; at < name.size(); ++at) {
    switch (name[at]) {
      case '.': escaped += "__dot__"; break;
      case '-': escaped += "__dash__"; break;
      case '/': escaped += "__slash__"; break;
      case '_':
        if (name.substr(at).starts_with("__")) {
          escaped += "__underscores__";
          ++at;
          break;
        }
        [[fallthrough]];
      default: escaped += name[at];
    }
  }
  return escaped;
}

}  // namespace kastell::custom
