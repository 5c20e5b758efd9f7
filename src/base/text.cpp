#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <vector>

namespace kastell {

namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) next[j] = std::min(next[j], before[j - 2] + 1);
    }
    before = row;
    row = next;
  }
  return row[b.size()];
}

// Length of the sequence that `first` starts, and the smallest code point it may encode.
struct Sequence {
  std::size_t length;
  char32_t smallest;
  char32_t bits;
};

std::optional<Sequence> sequence_start(unsigned char first) {
  if (first < 0x80) return Sequence{1, 0, first};
  if ((first & 0xE0) == 0xC0) return Sequence{2, 0x80, static_cast<char32_t>(first & 0x1F)};
  if ((first & 0xF0) == 0xE0) return Sequence{3, 0x800, static_cast<char32_t>(first & 0x0F)};
  if ((first & 0xF8) == 0xF0) return Sequence{4, 0x10000, static_cast<char32_t>(first & 0x07)};
  return std::nullopt;
}

bool is_valid_sequence(std::string_view text, std::size_t at, const Sequence& start) {
  if (at + start.length > text.size()) return false;
  char32_t code_point = start.bits;
  for (std::size_t i = 1; i < start.length; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + i]);
    if ((byte & 0xC0) != 0x80) return false;
    code_point = (code_point << 6) | (byte & 0x3F);
  }
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  return code_point >= start.smallest && code_point <= 0x10FFFF && !surrogate;
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates) {
  std::optional<std::string_view> best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance >= best_distance) continue;
    best = candidate;
    best_distance = distance;
  }
  return best;
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t word;
    while (at + 8 <= text.size()) {
      std::memcpy(&word, text.data() + at, 8);
      if ((word & 0x8080808080808080ULL) != 0) break;
      at += 8;
    }
    if (at == text.size()) break;
    const auto start = sequence_start(static_cast<unsigned char>(text[at]));
    if (!start || !is_valid_sequence(text, at, *start)) return at;
    at += start->length;
  }
  return std::nullopt;
}

std::string replace_invalid_utf8(std::string_view bytes) {
  std::string text;
  while (const auto invalid = find_invalid_utf8(bytes)) {
    text.append(bytes.substr(0, *invalid));
    append_utf8(text, U'\uFFFD');
    bytes.remove_prefix(*invalid + 1);
  }
  return text.append(bytes);
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto byte = [&text](char32_t bits) { text += static_cast<char>(static_cast<unsigned char>(bits)); };
  if (code_point < 0x80) return byte(code_point);
  if (code_point < 0x800) {
    byte(0xC0 | (code_point >> 6));
  } else if (code_point < 0x10000) {
    byte(0xE0 | (code_point >> 12));
    byte(0x80 | ((code_point >> 6) & 0x3F));
  } else {
    byte(0xF0 | (code_point >> 18));
    byte(0x80 | ((code_point >> 12) & 0x3F));
    byte(0x80 | ((code_point >> 6) & 0x3F));
  }
  byte(0x80 | (code_point & 0x3F));
}

namespace {

bool is_escaped(unsigned char byte) {
  return byte < 0x20 || byte == '"' || byte == '\\';
}

// Whether any of eight bytes is escaped: each byte's highest bit tells of a borrow («Bit Twiddling Hacks», «Determine
// if a word has a byte less than n»).
bool has_escaped(std::uint64_t word) {
  constexpr std::uint64_t each = 0x0101010101010101;
  const auto has_less = [](std::uint64_t bytes, std::uint64_t than) { return (bytes - each * than) & ~bytes; };
  const std::uint64_t found =
      has_less(word, 0x20) | has_less(word ^ (each * '"'), 1) | has_less(word ^ (each * '\\'), 1);
  return (found & (each * 0x80)) != 0;
}

// The place of the first byte from `at` on that is escaped, or the end.
std::size_t find_escaped(std::string_view text, std::size_t at) {
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if (has_escaped(word)) break;
  }
  while (at < text.size() && !is_escaped(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

void append_escape(std::string& out, unsigned char byte) {
  static constexpr char digits[] = "0123456789abcdef";
  switch (byte) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
  }
}

}  // namespace

void append_json_escaped(std::string& out, std::string_view text) {
  for (std::size_t plain = 0;;) {
    const std::size_t escaped = find_escaped(text, plain);
    out.append(text, plain, escaped - plain);
    if (escaped == text.size()) return;
    append_escape(out, static_cast<unsigned char>(text[escaped]));
    plain = escaped + 1;
  }
}

std::string format_double_json(double value) {
  std::array<char, 40> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  std::string text(buffer.data(), end);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

}  // namespace kastell
