// Regular expressions in RE2's syntax, with the messages that Go's regexp package gives.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

std::size_t group_count(const re2::RE2& regex);  // capturing groups, without the whole match

// The whole match and its groups; a group that took no part is absent. Views into the text.
using RegexMatch = std::vector<std::optional<std::string_view>>;

// The matches of a text from left to right, as Go's FindAll walks them: not overlapping, and no empty
// match right after another match. Regex and text must outlive it.
class RegexMatches {
 public:
  RegexMatches(const re2::RE2& regex, std::string_view text) : regex_(regex), text_(text) {}
  std::optional<RegexMatch> next();

 private:
  const re2::RE2& regex_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<std::size_t> last_end_;
};

}  // namespace kastell::cel
