#include "document/yaml/timestamp.h"

#include <cstddef>
#include <optional>

#include "base/ascii.h"
#include "document/yaml/characters.h"

namespace kastell::document::yaml {

namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ == text_.size(); }
  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::optional<int> digits(std::size_t least, std::size_t most) {
    int value = 0;
    std::size_t count = 0;
    for (; count < most && !at_end() && is_digit(text_[at_]); ++count) value = value * 10 + (text_[at_++] - '0');
    if (count < least) return std::nullopt;
    return value;
  }
  bool number(int smallest, int largest, std::size_t least, std::size_t most) {
    const auto value = digits(least, most);
    return value && *value >= smallest && *value <= largest;
  }
  void skip_digits() {
    while (!at_end() && is_digit(text_[at_])) ++at_;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

int days_in_month(int year, int month) {
  static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

bool read_date(Reader& reader) {
  const auto year = reader.digits(4, 4);
  if (!year || !reader.take('-')) return false;
  const auto month = reader.digits(1, 2);
  if (!month || *month < 1 || *month > 12 || !reader.take('-')) return false;
  return reader.number(1, days_in_month(*year, *month), 1, 2);
}

bool read_time(Reader& reader) {
  if (!reader.number(0, 23, 1, 2) || !reader.take(':')) return false;
  if (!reader.number(0, 59, 1, 2) || !reader.take(':')) return false;
  if (!reader.number(0, 59, 1, 2)) return false;
  if (reader.take('.') || reader.take(',')) {
    if (!reader.digits(1, 9)) return false;
    reader.skip_digits();
  }
  return true;
}

bool read_zone(Reader& reader) {
  if (reader.take('Z')) return true;
  if (!reader.take('+') && !reader.take('-')) return false;
  return reader.number(0, 24, 2, 2) && reader.take(':') && reader.number(0, 60, 2, 2);
}

}  // namespace

bool is_timestamp(std::string_view text) {
  Reader reader(text);
  if (!read_date(reader)) return false;
  if (reader.at_end()) return true;
  if (reader.take(' ')) return read_time(reader) && reader.at_end();
  if (!reader.take('T') && !reader.take('t')) return false;
  return read_time(reader) && read_zone(reader) && reader.at_end();
}

}  // namespace kastell::document::yaml
