// The proleptic Gregorian calendar, counted in eras of 400 years from 1 March of the year 0, so that
// the leap day is the last day of a year.
#include "base/time_text.h"

namespace kastell {
namespace {

constexpr std::int64_t days_per_era = 146'097;
constexpr std::int64_t days_from_era_to_epoch = 719'468;  // 0000-03-01 to 1970-01-01

constexpr std::int64_t floor_divide(std::int64_t dividend, std::int64_t divisor) {
  const std::int64_t quotient = dividend / divisor;
  return quotient - (dividend % divisor < 0 ? 1 : 0);
}

constexpr bool is_leap_year(std::int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

CivilTime date_of(std::int64_t days) {
  const std::int64_t shifted = days + days_from_era_to_epoch;
  const std::int64_t era = floor_divide(shifted, days_per_era);
  const std::int64_t day_of_era = shifted - era * days_per_era;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  CivilTime date;
  date.day = static_cast<std::int32_t>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
  date.month = static_cast<std::int32_t>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
  return date;
}

}  // namespace

std::int64_t days_since_epoch(std::int64_t year, std::int32_t month, std::int32_t day) {
  const std::int64_t shifted_year = month <= 2 ? year - 1 : year;
  const std::int64_t era = floor_divide(shifted_year, 400);
  const std::int64_t year_of_era = shifted_year - era * 400;
  const std::int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * days_per_era + day_of_era - days_from_era_to_epoch;
}

std::int32_t days_in_month(std::int64_t year, std::int32_t month) {
  constexpr std::int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return days[month - 1] + (month == 2 && is_leap_year(year) ? 1 : 0);
}

CivilTime to_civil_time(std::int64_t seconds) {
  const std::int64_t days = floor_divide(seconds, 86'400);
  const auto second_of_day = static_cast<std::int32_t>(seconds - days * 86'400);
  CivilTime time = date_of(days);
  time.day_of_year = static_cast<std::int32_t>(days - days_since_epoch(time.year, 1, 1)) + 1;
  time.day_of_week = static_cast<std::int32_t>(days + 4 - floor_divide(days + 4, 7) * 7);
  time.hour = second_of_day / 3600;
  time.minute = second_of_day / 60 % 60;
  time.second = second_of_day % 60;
  return time;
}

}  // namespace kastell
