#include "cel/text_rules.h"

#include <algorithm>
#include <array>

#include "cel/library/ip_address.h"
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

bool is_address(std::string_view text, bool ipv6) {
  const auto address = parse_ip_address(text);
  return address && !address->has_zone && address->is_ipv6 == ipv6;
}
bool is_ipv4(std::string_view text) {
  return is_address(text, false);
}
bool is_ipv6(std::string_view text) {
  return is_address(text, true);
}
bool is_cidr(std::string_view text) {
  return parse_ip_prefix(text).has_value();
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
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool equal_but_for_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

// Words that strfmt.ParseDuration takes beside Go's units; of the last of each row the beginning is enough.
bool is_unit_of_time(std::string_view word) {
  constexpr std::string_view exact[] = {"ns", "us", "µs", "ms", "s", "m", "h", "hr", "d", "w", "wk"};
  constexpr std::string_view begins[] = {"nano", "micro", "milli", "sec", "min", "hour", "day", "week"};
  return std::ranges::any_of(exact, [&](std::string_view unit) { return equal_but_for_case(word, unit); }) ||
         std::ranges::any_of(begins, [&](std::string_view unit) { return word.starts_with(unit); });
}

// Go's, or one number with a unit anywhere: "3 weeks".
bool is_duration(std::string_view text) {
  if (parse_duration(text)) return true;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at++])) continue;
    while (at < text.size() && (is_digit(text[at]) || text[at] == ' ' || text[at] == '\t')) ++at;
    const std::size_t begin = at;
    while (at < text.size() && is_letter(text[at])) ++at;
    if (at > begin && is_unit_of_time(text.substr(begin, at - begin))) return true;
  }
  return false;
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
};

struct FormatPattern {
  std::string_view name, pattern;
};
constexpr FormatPattern patterns[] = {
    {"bsonobjectid", "^[0-9a-fA-F]{24}$"},
    {"hexcolor", "^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"},
    {"ssn", R"(^\d{3}[- ]?\d{2}[- ]?\d{4}$)"},
    {"uuid3", "(?i)^[0-9A-F]{8}-?[0-9A-F]{4}-?3[0-9A-F]{3}-?[0-9A-F]{4}-?[0-9A-F]{12}$"},
    {"uuid4", "(?i)^[0-9A-F]{8}-?[0-9A-F]{4}-?4[0-9A-F]{3}-?[89AB][0-9A-F]{3}-?[0-9A-F]{12}$"},
    {"uuid5", "(?i)^[0-9A-F]{8}-?[0-9A-F]{4}-?5[0-9A-F]{3}-?[89AB][0-9A-F]{3}-?[0-9A-F]{12}$"},
};
// Known to the API server (apiextensions-apiserver pkg/apiserver/validation/formats.go) and nobody's in Kubernetes.
constexpr std::string_view unjudged[] = {"creditcard", "email", "hostname", "isbn", "isbn10", "isbn13", "rgbcolor"};

}  // namespace

FormatAnswer check_format(std::string_view format, std::string_view text) {
  const auto answer = [](bool fits) { return fits ? FormatAnswer::fits : FormatAnswer::differs; };
  const auto* named = std::ranges::find(formats, format, &NamedFormat::name);
  if (named != std::end(formats)) return answer(named->fits(text));
  const auto* pattern = std::ranges::find(patterns, format, &FormatPattern::name);
  if (pattern != std::end(patterns)) return answer(TextPattern::compile(pattern->pattern)->occurs_in(text));
  return std::ranges::find(unjudged, format) != std::end(unjudged) ? FormatAnswer::unknown : FormatAnswer::free;
}

}  // namespace kastell::cel
