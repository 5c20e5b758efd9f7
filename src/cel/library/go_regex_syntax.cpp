#include "cel/library/go_regex_syntax.h"

#include <algorithm>
#include <optional>

#include "base/ascii.h"

namespace kastell::cel {

namespace {

std::string go_error(std::string_view what, std::string_view where) {
  return std::string("error parsing regexp: ").append(what).append(": `").append(where).append("`");
}

bool is_group_name(std::string_view name) {
  const auto is_word = [](char c) { return is_alphanumeric(c) || c == '_'; };
  return !name.empty() && std::ranges::all_of(name, is_word);
}

// How much of the text a character class at its front takes.
std::size_t class_length(std::string_view text) {
  std::size_t at = text.starts_with("[^") ? 2 : 1;
  if (text.substr(at).starts_with(']')) ++at;
  while (at < text.size() && text[at] != ']') {
    if (text[at] == '\\') {
      at += 2;
    } else if (text.substr(at).starts_with("[:")) {
      const std::size_t end = text.find(":]", at + 2);
      at = end == std::string_view::npos ? at + 1 : end + 2;
    } else {
      ++at;
    }
  }
  return std::min(at + 1, text.size());
}

// The same of a backslash: \Q goes on to \E.
std::size_t escape_length(std::string_view text) {
  if (!text.starts_with("\\Q")) return std::min<std::size_t>(2, text.size());
  const std::size_t end = text.find("\\E");
  return end == std::string_view::npos ? text.size() : end + 2;
}

std::size_t length_of_part(std::string_view text) {
  if (text[0] == '\\') return escape_length(text);
  return text[0] == '[' ? class_length(text) : 1;
}

// What is wrong with the name of the group at the text's front.
std::optional<std::string> name_problem(std::string_view text) {
  const std::size_t begin = text.find('<') + 1;
  const std::size_t end = text.find('>');
  if (end == std::string_view::npos) return go_error("invalid named capture", text);
  if (is_group_name(text.substr(begin, end - begin))) return std::nullopt;
  return go_error("invalid named capture", text.substr(0, end + 1));
}

}  // namespace

std::expected<std::string, std::string> to_re2_syntax(std::string_view pattern) {
  std::string translated;
  for (std::string_view rest = pattern; !rest.empty();) {
    if (rest.starts_with("\\C")) return std::unexpected(go_error("invalid escape sequence", "\\C"));
    const bool is_named = rest.starts_with("(?P<") || rest.starts_with("(?<");
    if (is_named) {
      if (auto problem = name_problem(rest)) return std::unexpected(*std::move(problem));
      translated.append("(?P<");
      rest.remove_prefix(rest.find('<') + 1);
    } else {
      const std::size_t length = length_of_part(rest);
      translated.append(rest.substr(0, length));
      rest.remove_prefix(length);
    }
  }
  return translated;
}

}  // namespace kastell::cel
