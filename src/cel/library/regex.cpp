#include "cel/library/regex.h"

#include <re2/re2.h>

#include "cel/library/code_points.h"
#include "cel/library/go_regex_syntax.h"

namespace kastell::cel {
namespace {

// Go's names (regexp/syntax ErrorCode) for RE2's codes.
std::string_view go_message(re2::RE2::ErrorCode code) {
  switch (code) {
    case re2::RE2::ErrorBadEscape: return "invalid escape sequence";
    case re2::RE2::ErrorBadCharClass: return "invalid character class";
    case re2::RE2::ErrorBadCharRange: return "invalid character class range";
    case re2::RE2::ErrorMissingBracket: return "missing closing ]";
    case re2::RE2::ErrorMissingParen: return "missing closing )";
    case re2::RE2::ErrorUnexpectedParen: return "unexpected )";
    case re2::RE2::ErrorTrailingBackslash: return "trailing backslash at end of expression";
    case re2::RE2::ErrorRepeatArgument: return "missing argument to repetition operator";
    case re2::RE2::ErrorRepeatSize: return "invalid repeat count";
    case re2::RE2::ErrorRepeatOp: return "invalid nested repetition operator";
    case re2::RE2::ErrorBadPerlOp: return "invalid or unsupported Perl syntax";
    case re2::RE2::ErrorBadUTF8: return "invalid UTF-8";
    case re2::RE2::ErrorBadNamedCapture: return "invalid named capture";
    case re2::RE2::ErrorPatternTooLarge: return "expression too large";
    case re2::RE2::NoError:
    case re2::RE2::ErrorInternal: break;
  }
  return "regexp/syntax: internal error";
}

}  // namespace

void RegexDeleter::operator()(const re2::RE2* regex) const {
  delete regex;
}

std::expected<Regex, std::string> compile_regex(std::string_view pattern) {
  const auto translated = to_re2_syntax(pattern);
  if (!translated) return std::unexpected(translated.error());
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto regex = std::make_unique<const re2::RE2>(re2::StringPiece(*translated), options);
  if (regex->ok()) return Regex(regex.release());
  // Go shows the whole pattern where a parenthesis is missing; RE2 reports it as the argument too.
  return std::unexpected("error parsing regexp: " + std::string(go_message(regex->error_code())) + ": `" +
                         regex->error_arg() + "`");
}

bool matches_partially(const re2::RE2& regex, std::string_view text) {
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), regex);
}

std::size_t group_count(const re2::RE2& regex) {
  return static_cast<std::size_t>(regex.NumberOfCapturingGroups());
}

std::optional<RegexMatch> RegexMatches::next() {
  std::vector<re2::StringPiece> groups(group_count(regex_) + 1);
  const re2::StringPiece text(text_.data(), text_.size());
  while (at_ <= text_.size()) {
    if (!regex_.Match(text, at_, text_.size(), re2::RE2::UNANCHORED, groups.data(), static_cast<int>(groups.size()))) {
      break;
    }
    const auto begin = static_cast<std::size_t>(groups[0].data() - text_.data());
    const std::size_t end = begin + groups[0].size();
    const bool is_empty_after_match = begin == end && last_end_ == end;
    at_ = end > at_ ? end : at_ + std::max<std::size_t>(1, size_of_first_code_point(text_.substr(at_)));
    last_end_ = end;
    if (is_empty_after_match) continue;
    RegexMatch match;
    for (const re2::StringPiece& group : groups) {
      match.push_back(group.data() == nullptr ? std::nullopt
                                              : std::optional(std::string_view(group.data(), group.size())));
    }
    return match;
  }
  at_ = text_.size() + 1;
  return std::nullopt;
}

}  // namespace kastell::cel
