#include "cel/library/text_formats.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "cel/time_text.h"

namespace kastell::cel {
namespace {

bool is_base64_digit(char c) {
  return is_alphanumeric(c) || c == '+' || c == '/';
}

// '0' in the pattern stands for a digit, anything else for itself.
bool has_shape(std::string_view text, std::string_view pattern) {
  return std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(),
                    [](char c, char shape) { return shape == '0' ? is_digit(c) : c == shape; });
}

int number(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

// (.[0-9]+)? where the point is any character.
bool is_fraction(std::string_view text) {
  if (text.empty()) return true;
  if (text[0] == '\n') return false;
  std::size_t digits = 1;
  while (digits < text.size() && (static_cast<unsigned char>(text[digits]) & 0xc0) == 0x80) ++digits;
  return digits < text.size() && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(digits), text.end(), is_digit);
}

// 15:04:05, then a fraction, then a zone; in lower case.
bool is_time(std::string_view text) {
  if (text.size() < 9 || !has_shape(text.substr(0, 8), "00:00:00")) return false;
  if (text.substr(0, 2) > "23" || text.substr(3, 2) > "59" || text.substr(6, 2) > "59") return false;
  std::string_view rest = text.substr(8);
  if (rest.ends_with('z')) return is_fraction(rest.substr(0, rest.size() - 1));
  if (rest.size() < 6) return false;
  const std::string_view zone = rest.substr(rest.size() - 6);
  if (!has_shape(zone, "+00:00") && !has_shape(zone, "-00:00")) return false;
  return is_fraction(rest.substr(0, rest.size() - 6));
}

}  // namespace

bool is_uuid(std::string_view text) {
  constexpr std::size_t groups[] = {8, 4, 4, 4, 12};
  for (const std::size_t length : groups) {
    if (&length != &groups[0] && text.starts_with('-')) text.remove_prefix(1);
    if (text.size() < length ||
        !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(length), is_hexadecimal_digit))
      return false;
    text.remove_prefix(length);
  }
  return text.empty();
}

bool is_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return false;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return std::all_of(text.begin(), text.end(), is_base64_digit);
}

bool is_date(std::string_view text) {
  if (!has_shape(text, "0000-00-00")) return false;
  const int month = number(text.substr(5, 2)), day = number(text.substr(8, 2));
  return month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(number(text.substr(0, 4)), month);
}

bool is_date_time(std::string_view text) {
  const std::string lower = in_lower_case(text);
  const std::string_view all(lower);
  const std::size_t first = all.find('t');
  if (first == std::string_view::npos || !is_date(all.substr(0, first))) return false;
  const std::string_view rest = all.substr(first + 1);
  return is_time(rest.substr(0, rest.find('t')));  // what follows a second 't' is not looked at
}

}  // namespace kastell::cel
