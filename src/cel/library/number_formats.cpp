// Numbers that carry a digit to check them by.

#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "cel/library/text_formats.h"
#include "cel/text_rules.h"

namespace kastell::cel {
namespace {

int value_of(char digit) {
  return digit - '0';
}

std::string without_spaces_and_dashes(std::string_view text) {
  std::string kept;
  std::ranges::copy_if(text, std::back_inserter(kept),
                       [](char c) { return !std::string_view("\t\n\f\r -").contains(c); });
  return kept;
}

}  // namespace

bool is_isbn10(std::string_view text) {
  const std::string number = without_spaces_and_dashes(text);
  if (number.size() != 10 || !std::all_of(number.begin(), number.end() - 1, is_digit)) return false;
  if (!is_digit(number[9]) && number[9] != 'X') return false;
  int sum = 10 * (number[9] == 'X' ? 10 : value_of(number[9]));
  for (int i = 0; i < 9; ++i) sum += (i + 1) * value_of(number[static_cast<std::size_t>(i)]);
  return sum % 11 == 0;
}

bool is_isbn13(std::string_view text) {
  const std::string number = without_spaces_and_dashes(text);
  if (number.size() != 13 || !std::ranges::all_of(number, is_digit)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 13; ++i) sum += (i % 2 == 0 ? 1 : 3) * value_of(number[i]);
  return sum % 10 == 0;
}

bool is_credit_card(std::string_view text) {
  static const auto issuers = TextPattern::compile(
      "^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|"
      "3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35[0-9]{3})[0-9]{11})$");
  std::string number;
  std::ranges::copy_if(text, std::back_inserter(number), is_digit);
  if (!issuers->occurs_in(number)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < number.size(); ++i) {  // Luhn's sum, from the right
    const int digit = value_of(number[number.size() - 1 - i]) * (i % 2 == 0 ? 1 : 2);
    sum += digit / 10 + digit % 10;
  }
  return sum % 10 == 0;
}

}  // namespace kastell::cel
