#include "cel/text_rules.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "cel/library/ip_address.h"
#include "cel/library/name_validation.h"
#include "cel/library/regex.h"
#include "cel/library/text_formats.h"
#include "cel/library/url.h"
#include "cel/time_text.h"

namespace kastell::cel {

struct TextPattern::Program {
  Regex regex;
};

std::expected<TextPattern, std::string> TextPattern::compile(std::string_view pattern) {
  auto regex = compile_regex(pattern);
  if (!regex) return std::unexpected(std::move(regex.error()));
  return TextPattern(std::make_shared<const Program>(std::move(*regex)));
}

bool TextPattern::occurs_in(std::string_view text) const {
  return matches_partially(*program_->regex, text);
}

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Addresses and lengths may have leading zeros here (Go's ParseIPSloppy).
std::string without_leading_zeros(std::string_view text) {
  if (!text.contains('.') && !text.contains('/')) return std::string(text);
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = at == 0 || text[at - 1] == '.' || text[at - 1] == '/';
    std::size_t end = at;
    while (begins && text[end] == '0' && end + 1 < text.size() && is_digit(text[end + 1])) ++end;
    at = end;
    plain += text[at];
  }
  return plain;
}

bool is_address(std::string_view text) {
  const auto address = parse_ip_address(without_leading_zeros(text));
  return address && !address->has_zone;
}
bool is_ipv4(std::string_view text) {
  return text.contains('.') && is_address(text);
}
bool is_ipv6(std::string_view text) {
  return text.contains(':') && is_address(text);
}
bool is_cidr(std::string_view text) {
  return parse_ip_prefix(without_leading_zeros(text)).has_value();
}
bool is_uri(std::string_view text) {
  return parse_request_url(text).has_value();
}
bool is_anything(std::string_view) {
  return true;
}

bool is_hexadecimal(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// net.ParseMAC: 6, 8 or 20 bytes, in pairs with ':' or '-', or in fours with '.'.
bool is_mac(std::string_view text) {
  const std::size_t group = text.size() > 4 && text[4] == '.' ? 4 : 2;
  const char separator = text.size() > group ? text[group] : '\0';
  if (separator != ':' && separator != '-' && separator != '.') return false;
  if ((separator == '.') != (group == 4) || (text.size() + 1) % (group + 1) != 0) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_between = i % (group + 1) == group;
    if (is_between ? text[i] != separator : !is_hexadecimal(text[i])) return false;
  }
  const std::size_t bytes = (text.size() + 1) / (group + 1) * group / 2;
  return bytes == 6 || bytes == 8 || bytes == 20;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// strfmt's units of time: `exact` as a whole, `begin` as the beginning of a word.
struct TimeUnit {
  std::array<std::string_view, 2> exact;
  std::string_view begin;
  std::int64_t nanoseconds;
};
constexpr std::int64_t second = 1'000'000'000, hour = 3600 * second;
constexpr TimeUnit time_units[] = {
    {{"ns", "ns"}, "nano", 1},      {{"us", "µs"}, "micro", 1000},        {{"ms", "ms"}, "milli", 1'000'000},
    {{"s", "s"}, "sec", second},    {{"m", "m"}, "min", 60 * second},     {{"h", "hr"}, "hour", hour},
    {{"d", "d"}, "day", 24 * hour}, {{"w", "wk"}, "week", 7 * 24 * hour},
};

std::optional<std::int64_t> unit_of_time(std::string_view word) {
  std::string lower(word);
  std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  for (const TimeUnit& unit : time_units) {
    if (lower == unit.exact[0] || lower == unit.exact[1] || lower.starts_with(unit.begin)) return unit.nanoseconds;
  }
  return std::nullopt;
}

std::uint64_t as_bits(std::int64_t number) {
  return static_cast<std::uint64_t>(number);
}

// The letters at `at`, "µ" among them.
std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (is_letter(text[end]) || text.substr(end).starts_with("µ"))) {
    end += is_letter(text[end]) ? 1 : std::string_view("µ").size();
  }
  return text.substr(at, end - at);
}

bool is_duration(std::string_view text) {
  return parse_format_duration(text).has_value();
}

bool is_ssn(std::string_view text) {
  static const auto pattern = TextPattern::compile(R"(^\d{3}[- ]?\d{2}[- ]?\d{4}$)");
  return text.size() == 11 && pattern->occurs_in(text);
}

bool is_short_name(std::string_view text) {
  return check_dns1123_label(text).empty();
}
bool is_long_name(std::string_view text) {
  return check_dns1123_subdomain(text).empty();
}

struct NamedFormat {
  std::string_view name;
  bool (*fits)(std::string_view);
};
constexpr NamedFormat formats[] = {
    {"byte", &is_base64},
    {"cidr", &is_cidr},
    {"date", &is_date},
    {"date-time", &is_date_time},
    {"datetime", &is_date_time},
    {"duration", &is_duration},
    {"ipv4", &is_ipv4},
    {"ipv6", &is_ipv6},
    {"mac", &is_mac},
    {"password", &is_anything},
    {"uri", &is_uri},
    {"uuid", &is_uuid},
    {"ssn", &is_ssn},
};

// Which version was the first to know them has not been seen; this one does.
constexpr unsigned late_formats_known = 37;
constexpr NamedFormat late_formats[] = {{"k8s-short-name", &is_short_name}, {"k8s-long-name", &is_long_name}};

struct FormatPattern {
  std::string_view name, pattern;
};
constexpr FormatPattern patterns[] = {
    {"bsonobjectid", "^[0-9a-fA-F]{24}$"},
    {"hexcolor", "^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"},
    {"uuid3", "(?i)^[0-9A-F]{8}-?[0-9A-F]{4}-?3[0-9A-F]{3}-?[0-9A-F]{4}-?[0-9A-F]{12}$"},
    {"uuid4", "(?i)^[0-9A-F]{8}-?[0-9A-F]{4}-?4[0-9A-F]{3}-?[89AB][0-9A-F]{3}-?[0-9A-F]{12}$"},
    {"uuid5", "(?i)^[0-9A-F]{8}-?[0-9A-F]{4}-?5[0-9A-F]{3}-?[89AB][0-9A-F]{3}-?[0-9A-F]{12}$"},
};
const TextPattern& compiled(const FormatPattern& pattern) {
  static const auto all = [] {
    std::vector<TextPattern> made;
    for (const FormatPattern& one : patterns) made.push_back(TextPattern::compile(one.pattern).value());
    return made;
  }();
  return all[static_cast<std::size_t>(&pattern - patterns)];
}

// Known to the API server (apiextensions-apiserver pkg/apiserver/validation/formats.go) and nobody's in Kubernetes.
constexpr std::string_view unjudged[] = {"creditcard", "email", "hostname", "isbn", "isbn10", "isbn13", "rgbcolor"};

}  // namespace

std::optional<std::int64_t> parse_format_duration(std::string_view text) {
  if (const auto plain = parse_duration(text)) return plain;
  std::optional<std::int64_t> sum;
  for (std::size_t at = 0; at < text.size();) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), number);
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    if (error != std::errc{}) return std::nullopt;
    at = static_cast<std::size_t>(end - text.data());
    at = std::min(text.find_first_not_of(" \t\n\r\f", at), text.size());
    const std::string_view word = word_at(text, at);
    const auto unit = unit_of_time(word);
    // Too much of it comes round again, as in Go.
    if (unit) sum = static_cast<std::int64_t>(as_bits(sum.value_or(0)) + as_bits(number) * as_bits(*unit));
    at += word.size();
  }
  return sum;
}

FormatAnswer check_format(std::string_view format, std::string_view text, unsigned minor) {
  const auto answer = [](bool fits) { return fits ? FormatAnswer::fits : FormatAnswer::differs; };
  const auto* named = std::ranges::find(formats, format, &NamedFormat::name);
  if (named != std::end(formats)) return answer(named->fits(text));
  const auto* pattern = std::ranges::find(patterns, format, &FormatPattern::name);
  if (pattern != std::end(patterns)) return answer(compiled(*pattern).occurs_in(text));
  const auto* late = std::ranges::find(late_formats, format, &NamedFormat::name);
  if (late != std::end(late_formats)) {
    if (late->fits(text)) return FormatAnswer::fits;
    return minor >= late_formats_known ? FormatAnswer::differs : FormatAnswer::unknown;
  }
  return std::ranges::find(unjudged, format) != std::end(unjudged) ? FormatAnswer::unknown : FormatAnswer::free;
}

}  // namespace kastell::cel
