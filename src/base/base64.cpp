#include "base/base64.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace kastell {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr auto digit_values = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}();

}  // namespace

std::string encode_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = group << 8 | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) text += i <= count ? alphabet[group >> (18 - 6 * i) & 63] : '=';
  }
  return text;
}

std::optional<std::string> decode_base64(std::string_view text, Padding padding) {
  std::string bytes;
  std::uint32_t group = 0;
  std::size_t digits = 0;
  std::size_t padded = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    const std::int8_t value = digit_values[static_cast<unsigned char>(c)];
    if (c == '=') {
      ++padded;
    } else if (value < 0 || padded > 0) {
      return std::nullopt;
    } else {
      group = group << 6 | static_cast<std::uint32_t>(value);
      const std::size_t in_group = ++digits % 4;
      if (in_group != 1) bytes += static_cast<char>(group >> (in_group == 2 ? 4 : in_group == 3 ? 2 : 0) & 255);
    }
  }
  const std::size_t left_over = digits % 4;
  const bool left_out = padding == Padding::optional && padded == 0;
  if (left_over == 1 || (!left_out && padded != (4 - left_over) % 4)) return std::nullopt;
  return bytes;
}

bool is_base64_digit(char c) {
  return digit_values[static_cast<unsigned char>(c)] >= 0;
}

}  // namespace kastell
