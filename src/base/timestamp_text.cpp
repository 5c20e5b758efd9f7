#include <cstdio>

#include "base/ascii.h"
#include "base/time_text.h"

namespace kastell {
namespace {

// A cursor over the text; each step answers false once the text does not fit, and stays there.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool done() const { return text_.empty(); }

  bool literal(char c) {
    if (text_.empty() || text_[0] != c) return false;
    text_.remove_prefix(1);
    return true;
  }

  // A number of `shortest` to `longest` digits that is at most `limit`.
  std::optional<std::int32_t> number(std::size_t shortest, std::size_t longest, std::int32_t limit) {
    std::int32_t value = 0;
    std::size_t digits = 0;
    while (digits < longest && digits < text_.size() && is_digit(text_[digits])) {
      value = value * 10 + (text_[digits++] - '0');
    }
    if (digits < shortest || value > limit) return std::nullopt;
    text_.remove_prefix(digits);
    return value;
  }

  // Nanoseconds after '.' or ','; digits beyond the ninth are dropped. Absent: 0.
  std::uint32_t fraction() {
    if (text_.size() < 2 || (text_[0] != '.' && text_[0] != ',') || !is_digit(text_[1])) return 0;
    text_.remove_prefix(1);
    std::uint32_t value = 0;
    std::size_t digits = 0;
    for (; digits < text_.size() && is_digit(text_[digits]); ++digits) {
      if (digits < 9) value = value * 10 + static_cast<std::uint32_t>(text_[digits] - '0');
    }
    for (std::size_t missing = digits; missing < 9; ++missing) value *= 10;
    text_.remove_prefix(digits);
    return value;
  }

  // "Z" or "±hh:mm". Go lets hours reach 24 and minutes 60.
  std::optional<std::int16_t> offset() {
    if (literal('Z')) return 0;
    const bool negative = literal('-');
    if (!negative && !literal('+')) return std::nullopt;
    const auto hours = number(2, 2, 24);
    if (!hours || !literal(':')) return std::nullopt;
    const auto minutes = number(2, 2, 60);
    if (!minutes) return std::nullopt;
    const std::int32_t total = *hours * 60 + *minutes;
    return static_cast<std::int16_t>(negative ? -total : total);
  }

 private:
  std::string_view text_;
};

struct Date {
  std::int32_t year, month, day;
};

std::optional<Date> read_date(Reader& reader) {
  const auto year = reader.number(4, 4, 9999);
  if (!year || !reader.literal('-')) return std::nullopt;
  const auto month = reader.number(2, 2, 12);
  if (!month || *month == 0 || !reader.literal('-')) return std::nullopt;
  const auto day = reader.number(2, 2, days_in_month(*year, *month));
  if (!day || *day == 0) return std::nullopt;
  return Date{*year, *month, *day};
}

// Seconds since midnight. Go takes an hour of one digit here.
std::optional<std::int32_t> read_time_of_day(Reader& reader) {
  const auto hour = reader.number(1, 2, 23);
  if (!hour || !reader.literal(':')) return std::nullopt;
  const auto minute = reader.number(2, 2, 59);
  if (!minute || !reader.literal(':')) return std::nullopt;
  const auto second = reader.number(2, 2, 59);
  if (!second) return std::nullopt;
  return *hour * 3600 + *minute * 60 + *second;
}

void append_fraction(std::string& text, std::uint32_t nanoseconds) {
  if (nanoseconds == 0) return;
  char digits[16];
  const int length = std::snprintf(digits, sizeof digits, ".%09u", nanoseconds);
  std::string_view shown(digits, static_cast<std::size_t>(length));
  shown.remove_suffix(shown.size() - 1 - shown.find_last_not_of('0'));
  text += shown;
}

void append_offset(std::string& text, std::int16_t minutes) {
  if (minutes == 0) {
    text += 'Z';
    return;
  }
  const int magnitude = minutes < 0 ? -minutes : minutes;
  char shown[16];
  const int length =
      std::snprintf(shown, sizeof shown, "%c%02d:%02d", minutes < 0 ? '-' : '+', magnitude / 60, magnitude % 60);
  text.append(shown, static_cast<std::size_t>(length));
}

}  // namespace

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  Reader reader(text);
  const auto date = read_date(reader);
  if (!date || !reader.literal('T')) return std::nullopt;
  const auto time_of_day = read_time_of_day(reader);
  if (!time_of_day) return std::nullopt;
  const std::uint32_t nanoseconds = reader.fraction();
  const auto offset = reader.offset();
  if (!offset || !reader.done()) return std::nullopt;
  const std::int64_t days = days_since_epoch(date->year, date->month, date->day);
  return Timestamp{days * 86'400 + *time_of_day - *offset * std::int64_t{60}, nanoseconds, *offset};
}

std::string format_timestamp(const Timestamp& timestamp) {
  const CivilTime time = to_civil_time(timestamp.seconds + timestamp.offset_minutes * std::int64_t{60});
  char shown[64];
  const int length = std::snprintf(shown, sizeof shown, "%04d-%02d-%02dT%02d:%02d:%02d", static_cast<int>(time.year),
                                   time.month, time.day, time.hour, time.minute, time.second);
  std::string text(shown, static_cast<std::size_t>(length));
  append_fraction(text, timestamp.nanoseconds);
  append_offset(text, timestamp.offset_minutes);
  return text;
}

}  // namespace kastell
