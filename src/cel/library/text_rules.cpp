#include "cel/text_rules.h"
#include "base/ascii.h"

#include <algorithm>
#include <ranges>
#include <vector>

#include "cel/library/ip_address.h"
#include "cel/library/mail_address.h"
#include "cel/library/name_validation.h"
#include "cel/library/regex.h"
#include "cel/library/text_formats.h"
#include "cel/library/url.h"

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
// Here leading zeros are not taken.
bool is_ipv6(std::string_view text) {
  const auto address = parse_ip_address(text);
  return text.contains(':') && address && !address->has_zone;
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

// net.ParseMAC: 6, 8 or 20 bytes, in pairs with ':' or '-', or in fours with '.'.
bool is_mac(std::string_view text) {
  const std::size_t group = text.size() > 4 && text[4] == '.' ? 4 : 2;
  const char separator = text.size() > group ? text[group] : '\0';
  if (separator != ':' && separator != '-' && separator != '.') return false;
  if ((separator == '.') != (group == 4) || (text.size() + 1) % (group + 1) != 0) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_between = i % (group + 1) == group;
    if (is_between ? text[i] != separator : !is_hexadecimal_digit(text[i])) return false;
  }
  const std::size_t bytes = (text.size() + 1) / (group + 1) * group / 2;
  return bytes == 6 || bytes == 8 || bytes == 20;
}

bool is_duration(std::string_view text) {
  return parse_format_duration(text).has_value();
}

bool is_ssn(std::string_view text) {
  static const auto pattern = TextPattern::compile(R"(^\d{3}[- ]?\d{2}[- ]?\d{4}$)");
  return text.size() == 11 && pattern->occurs_in(text);
}

// Labels of 63 bytes, 255 in all; letters and symbols of any script. A name of one label has no dash behind its second
// character: the API server's pattern is like that.
bool is_host_name(std::string_view text) {
  // The counts of the API server's pattern are no stricter than those of bytes, and cost 100 ms to compile.
  static const auto pattern = TextPattern::compile(
      R"(^([a-zA-Z0-9\p{S}\p{L}](-?[a-zA-Z0-9\p{S}\p{L}]*)|)"
      R"(([a-zA-Z0-9\p{S}\p{L}]([a-zA-Z0-9-\p{S}\p{L}]*[a-zA-Z0-9\p{S}\p{L}])?\.)+[a-zA-Z\p{L}]{2,})$)");
  if (text.size() > 255 || !pattern->occurs_in(text)) return false;
  return std::ranges::all_of(std::views::split(text, '.'), [](const auto& label) { return label.size() <= 63; });
}

bool is_short_name(std::string_view text) {
  return check_dns1123_label(text).empty();
}
bool is_long_name(std::string_view text) {
  return check_dns1123_subdomain(text).empty();
}

bool is_isbn(std::string_view text) {
  return is_isbn10(text) || is_isbn13(text);
}

// What apiextensions-apiserver knows (pkg/apiserver/validation/formats.go), by names without dashes: an API server
// takes "date-time" and "datetime", and "host-name" too, for the same.
struct NamedFormat {
  std::string_view name;
  bool (*fits)(std::string_view);
  unsigned since = 0;  // minor of Kubernetes 1
};
constexpr NamedFormat formats[] = {
    {"byte", &is_base64},
    {"cidr", &is_cidr},
    {"creditcard", &is_credit_card},
    {"date", &is_date},
    {"datetime", &is_date_time},
    {"duration", &is_duration},
    {"email", &is_mail_address},
    {"hostname", &is_host_name},
    {"ipv4", &is_ipv4},
    {"ipv6", &is_ipv6},
    {"isbn", &is_isbn},
    {"isbn10", &is_isbn10},
    {"isbn13", &is_isbn13},
    // The table has them since 1.34, and a server goes by the version before its own.
    {"k8slongname", &is_long_name, 35},
    {"k8sshortname", &is_short_name, 35},
    {"mac", &is_mac},
    {"password", &is_anything},
    {"ssn", &is_ssn},
    {"uri", &is_uri},
    {"uuid", &is_uuid},
};

struct FormatPattern {
  std::string_view name, pattern;
};
constexpr FormatPattern patterns[] = {
    {"bsonobjectid", "^[0-9a-fA-F]{24}$"},
    {"hexcolor", "^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"},
    {"rgbcolor", R"(^rgb\(\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*,\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*,)"
                 R"(\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*\)$)"},
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

}  // namespace

FormatAnswer check_format(std::string_view format, std::string_view text, unsigned minor) {
  const auto answer = [](bool fits) { return fits ? FormatAnswer::fits : FormatAnswer::differs; };
  std::string name(format);
  std::erase(name, '-');
  const auto* named = std::ranges::find(formats, name, &NamedFormat::name);
  if (named != std::end(formats)) return minor < named->since ? FormatAnswer::free : answer(named->fits(text));
  const auto* pattern = std::ranges::find(patterns, name, &FormatPattern::name);
  return pattern == std::end(patterns) ? FormatAnswer::free : answer(compiled(*pattern).occurs_in(text));
}

}  // namespace kastell::cel
