// Rules about texts that schemas of the API server have: patterns, and formats by name (kube-openapi strfmt).
//
//   const auto pattern = TextPattern::compile("^[a-z]+$");
//   if (pattern && !pattern->occurs_in(text)) …
//
// Thread-safety: pure functions and immutable values.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kastell::cel {

class TextPattern {
 public:
  // In RE2's syntax; its program is bounded. The error is Go's: "error parsing regexp: missing closing ): `a(b`".
  static std::expected<TextPattern, std::string> compile(std::string_view pattern);

  // Anywhere in it: patterns that mean the whole text say so.
  bool occurs_in(std::string_view text) const;

 private:
  struct Program;
  explicit TextPattern(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
  std::shared_ptr<const Program> program_;
};

// What there is to say of a text that should have a format.
enum class FormatAnswer : std::uint8_t {
  fits,
  differs,
  free,  // the API server does not know the format, and asks nothing
};
// `minor` of Kubernetes 1: later versions know more formats.
FormatAnswer check_format(std::string_view format, std::string_view text, unsigned minor);

// A text of format duration, in nanoseconds: Go's, or numbers with words ("3 weeks").
std::optional<std::int64_t> parse_format_duration(std::string_view text);

}  // namespace kastell::cel
