#include "cel/library/encoded_word.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "base/base64.h"

namespace kastell::cel {
namespace {

bool is_plain(char c) {
  return (c >= ' ' && c <= '~') || c == '\n' || c == '\r' || c == '\t';
}

// How many bytes a text in quoted printable form has.
std::optional<std::size_t> quoted_size(std::string_view text) {
  std::size_t size = 0;
  for (std::size_t at = 0; at < text.size(); ++at, ++size) {
    if (text[at] != '=') {
      if (!is_plain(text[at])) return std::nullopt;
      continue;
    }
    if (at + 2 >= text.size() || !is_hexadecimal_digit(text[at + 1]) || !is_hexadecimal_digit(text[at + 2]))
      return std::nullopt;
    at += 2;
  }
  return size;
}

std::optional<std::size_t> decoded_size(char encoding, std::string_view text) {
  if (encoding == 'Q' || encoding == 'q') return quoted_size(text);
  if (encoding != 'B' && encoding != 'b') return std::nullopt;
  const auto bytes = decode_base64(text);
  return bytes ? std::optional(bytes->size()) : std::nullopt;
}

// Without regard to case, as Unicode folds it: the long s is an s.
bool is_known(std::string_view charset) {
  constexpr std::array<std::string_view, 3> known{"utf-8", "iso-8859-1", "us-ascii"};
  constexpr std::string_view long_s = "\u017f";
  std::string folded;
  for (std::size_t at = 0; at < charset.size(); ++at) {
    const bool is_long = charset.substr(at).starts_with(long_s);
    const char c = charset[at];
    folded += is_long ? 's' : to_lower(c);
    at += is_long ? long_s.size() - 1 : 0;
  }
  return std::ranges::find(known, folded) != known.end();
}

}  // namespace

EncodedWord read_encoded_word(std::string_view word) {
  const bool has_frame = word.size() >= 8 && word.starts_with("=?") && word.ends_with("?=");
  if (!has_frame || std::ranges::count(word, '?') != 4) return EncodedWord::none;
  const std::string_view inner = word.substr(2, word.size() - 4);
  const std::size_t first = inner.find('?'), second = inner.find('?', first + 1);
  if (first == 0 || second != first + 2) return EncodedWord::none;
  const auto size = decoded_size(inner[first + 1], inner.substr(second + 1));
  if (!size) return EncodedWord::none;
  if (!is_known(inner.substr(0, first))) return EncodedWord::foreign;
  return *size == 0 ? EncodedWord::empty : EncodedWord::text;
}

}  // namespace kastell::cel
