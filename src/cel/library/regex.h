// Regular expressions in RE2's syntax, with the messages that Go's regexp package gives.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace kastell::cel {

struct RegexDeleter {
  void operator()(const re2::RE2* regex) const;
};
using Regex = std::unique_ptr<const re2::RE2, RegexDeleter>;

// Compiled programs are bounded (8 MiB, RE2's own default); a pattern beyond that is an error.
// The message: "error parsing regexp: missing closing ): `a(b`".
std::expected<Regex, std::string> compile_regex(std::string_view pattern);

// Whether the pattern occurs anywhere in the text.
bool matches_partially(const re2::RE2& regex, std::string_view text);

}  // namespace kastell::cel
