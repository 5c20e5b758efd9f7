#include "cel/library/time_zones.h"

#include <algorithm>

#include "cel/library/go_quote.h"
#include "cel/library/number_text.h"
#include "cel/library/time_zone_table.h"
#include "cel/time_text.h"

namespace kastell::cel {
namespace {

using time_zone_table::Rule;
using time_zone_table::RuleDate;
using time_zone_table::Zone;

const Zone* find_zone(std::string_view name) {
  const auto names = time_zone_table::names();
  const auto found = std::ranges::lower_bound(names, name, {}, &time_zone_table::Name::name);
  return found != names.end() && found->name == name ? &time_zone_table::zones()[found->zone] : nullptr;
}

struct Transition {
  std::int64_t instant;
  std::int64_t offset;
};

// The table's last transition at or before the instant; `is_newest` if the table has none after it.
struct Listed {
  Transition transition;
  bool is_newest;
};
Listed find_listed(const Zone& zone, std::int64_t instant) {
  const auto intervals = time_zone_table::intervals().subspan(zone.begin, zone.count);
  const auto numbers = time_zone_table::offset_numbers().subspan(zone.begin, zone.count);
  Transition found{INT64_MIN, zone.initial_offset};
  std::int64_t at = zone.first_transition;
  for (std::size_t i = 0; i < intervals.size(); ++i) {
    at += intervals[i];
    if (at > instant) return {found, false};
    found = {at, time_zone_table::offsets()[numbers[i]]};
  }
  return {found, true};
}

std::int64_t instant_of(const RuleDate& date, std::int64_t year, std::int64_t offset) {
  const std::int64_t first_of_month = days_since_epoch(year, date.month, 1);
  const std::int32_t first_weekday = to_civil_time(first_of_month * 86'400).day_of_week;
  std::int32_t day = 1 + (date.weekday - first_weekday + 7) % 7 + (date.week - 1) * 7;
  if (day > days_in_month(year, date.month)) day -= 7;
  return (first_of_month + day - 1) * 86'400 + date.seconds - offset;
}

// The rule's last transition at or before the instant.
Transition find_ruled(const Rule& rule, std::int64_t instant) {
  const std::int64_t year = to_civil_time(instant).year;
  Transition latest{first_timestamp_second * 2, rule.standard_offset};
  for (std::int64_t y = year - 1; y <= year + 1; ++y) {
    const Transition candidates[] = {{instant_of(rule.daylight_begins, y, rule.standard_offset), rule.daylight_offset},
                                     {instant_of(rule.daylight_ends, y, rule.daylight_offset), rule.standard_offset}};
    for (const Transition& candidate : candidates) {
      if (candidate.instant <= instant && candidate.instant > latest.instant) latest = candidate;
    }
  }
  return latest;
}

std::int64_t offset_in_zone(const Zone& zone, std::int64_t instant) {
  const auto [listed, is_newest] = find_listed(zone, instant);
  if (!is_newest || zone.rule.daylight_begins.month == 0) return listed.offset;
  const Transition ruled = find_ruled(zone.rule, instant);
  return ruled.instant > listed.instant ? ruled.offset : listed.offset;
}

std::unexpected<std::string> bad_number(std::string_view text) {
  return std::unexpected("strconv.Atoi: parsing " + go_quote(text) + ": invalid syntax");
}

bool is_bearable(std::int64_t number) {
  constexpr std::int64_t limit = 1'000'000;
  return number >= -limit && number <= limit;
}

// "05:30", "-08:00". cel-go checks no ranges; a bound keeps the arithmetic within 64 bits.
std::expected<std::int64_t, std::string> fixed_offset(std::string_view zone) {
  const std::size_t colon = zone.find(':');
  const auto hours = parse_int(zone.substr(0, colon));
  if (!hours) return bad_number(zone.substr(0, colon));
  const auto minutes = parse_int(zone.substr(colon + 1));
  if (!minutes) return bad_number(zone.substr(colon + 1));
  if (!is_bearable(*hours) || !is_bearable(*minutes)) return std::unexpected("time zone offset limit exceeded");
  return (*hours * 60 + (zone.starts_with('-') ? -*minutes : *minutes)) * 60;
}

}  // namespace

std::expected<std::int64_t, std::string> offset_from_utc(std::string_view zone, std::int64_t instant) {
  if (zone.find(':') != std::string_view::npos) return fixed_offset(zone);
  if (zone.empty() || zone == "UTC" || zone == "Local") return 0;
  if (zone.find("..") != std::string_view::npos || zone[0] == '/' || zone.find('\\') != std::string_view::npos) {
    return std::unexpected("time: invalid location name");
  }
  const Zone* found = find_zone(zone);
  if (found == nullptr) return std::unexpected("unknown time zone " + std::string(zone));
  return offset_in_zone(*found, instant);
}

}  // namespace kastell::cel
