#include "document/yaml/flaws.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace kastell::document::yaml {

namespace {

constexpr std::uint64_t ones = 0x0101010101010101ULL;
constexpr std::uint64_t highs = 0x8080808080808080ULL;

// Whether any of the word's eight bytes is not printable ASCII.
bool needs_a_look(std::uint64_t word) {
  const std::uint64_t below_space = (word - ones * 0x20) & ~word;
  const std::uint64_t is_delete = (word ^ (ones * 0x7F)) - ones;  // DEL gives zero minus one
  return ((below_space | word | (is_delete & ~(word ^ (ones * 0x7F)))) & highs) != 0;
}

bool is_allowed_control(unsigned char c) {
  return c == '\t' || c == '\n' || c == '\r';
}

// C1 controls but NEL, and U+FFFE and U+FFFF.
bool is_forbidden_sequence(std::string_view at) {
  const auto byte = [at](std::size_t i) { return i < at.size() ? static_cast<unsigned char>(at[i]) : 0U; };
  if (byte(0) == 0xC2) return byte(1) < 0xA0 && byte(1) != 0x85;
  return byte(0) == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE;
}

// Where a control character stands, or the text's size.
std::size_t find_control(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    std::uint64_t word;
    while (at + 8 <= text.size()) {
      std::memcpy(&word, text.data() + at, 8);
      if (needs_a_look(word)) break;
      at += 8;
    }
    const std::size_t end = std::min(at + 8, text.size());
    for (; at < end; ++at) {
      const auto c = static_cast<unsigned char>(text[at]);
      if ((c < 0x20 && !is_allowed_control(c)) || c == 0x7F) return at;
      if (c >= 0x80 && is_forbidden_sequence(text.substr(at))) return at;
    }
  }
  return at;
}

}  // namespace

std::optional<Flaw> find_flaw(std::string_view text, std::size_t from) {
  const std::size_t control = find_control(text, from);
  const auto invalid = find_invalid_utf8(text.substr(from, control - from));
  if (invalid) return Flaw{from + *invalid, "invalid UTF-8"};
  if (control >= text.size()) return std::nullopt;
  if (text[control] == '\0') return Flaw{control, "a NUL byte; is this a binary file?"};
  return Flaw{control, "a control character; in a double-quoted string write it as an escape"};
}

}  // namespace kastell::document::yaml
