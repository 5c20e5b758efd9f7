// Days and sentences of exceptions.

#include "policy/exception.h"

#include <array>
#include <charconv>

namespace kastell::policy {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

namespace {

std::optional<unsigned> number_at(std::string_view text, std::size_t begin, std::size_t length) {
  unsigned number = 0;
  const char* end = text.data() + begin + length;
  const auto read = std::from_chars(text.data() + begin, end, number);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return number;
}

void append_padded(std::string& out, unsigned number, std::size_t digits) {
  const std::string text = std::to_string(number);
  out.append(digits > text.size() ? digits - text.size() : 0, '0').append(text);
}

}  // namespace

std::optional<sys_days> parse_day(std::string_view text) {
  constexpr std::string_view midnight = "T00:00:00Z";
  if (text.size() == 20 && text.ends_with(midnight)) text.remove_suffix(midnight.size());
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto y = number_at(text, 0, 4), m = number_at(text, 5, 2), d = number_at(text, 8, 2);
  if (!y || !m || !d) return std::nullopt;
  const year_month_day date{year(static_cast<int>(*y)), month(*m), day(*d)};
  return date.ok() ? std::optional(sys_days(date)) : std::nullopt;
}

std::string day_text(sys_days when) {
  const year_month_day date(when);
  std::string text;
  append_padded(text, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  append_padded(text += '-', static_cast<unsigned>(date.month()), 2);
  append_padded(text += '-', static_cast<unsigned>(date.day()), 2);
  return text;
}

std::string to_reason(const Exception& exception) {
  std::string text = "accepted by " + exception.owner;
  if (exception.until) text += " until " + day_text(*exception.until);
  text += ": " + exception.reason;
  if (!exception.ticket.empty()) text += " (" + exception.ticket + ")";
  return text;
}

}  // namespace kastell::policy
