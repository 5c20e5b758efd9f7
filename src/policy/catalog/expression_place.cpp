#include "policy/catalog/expression_place.h"

namespace kastell::policy {

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

// Past the header of a block scalar (">-", "|2") or an opening quote.
std::size_t begin_of_content(std::string_view source, std::size_t at) {
  if (at >= source.size()) return at;
  if (source[at] == '\'' || source[at] == '"') return at + 1;
  if (source[at] == '>' || source[at] == '|') return skip_spaces(source, source.find('\n', at));
  return at;
}

}  // namespace

std::uint32_t place_in_source(std::string_view source, std::uint32_t value, std::string_view text, std::uint32_t at) {
  std::size_t here = begin_of_content(source, value);
  const bool single_quoted = value < source.size() && source[value] == '\'';
  for (std::size_t i = 0; i < at && i < text.size();) {
    if (here >= source.size()) return value;
    if (is_space(text[i]) && is_space(source[here])) {
      i = skip_spaces(text, i);
      here = skip_spaces(source, here);
      if (i > at) break;
    } else if (source[here] == text[i]) {
      here += single_quoted && text[i] == '\'' ? 2 : 1;
      ++i;
    } else {
      return value;
    }
  }
  return static_cast<std::uint32_t>(here);
}

}  // namespace kastell::policy
