#include "cel/library/name_validation.h"

#include <algorithm>
#include <initializer_list>

#include "base/ascii.h"

namespace kastell::cel {
namespace {

// [a-z0-9]([-a-z0-9]*[a-z0-9])?
bool is_dns1123_label(std::string_view text) {
  return !text.empty() && is_lower_alphanumeric(text.front()) && is_lower_alphanumeric(text.back()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_lower_alphanumeric(c) || c == '-'; });
}

bool is_dns1123_subdomain(std::string_view text) {
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!is_dns1123_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

// ([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]
bool is_label_key(std::string_view text) {
  return !text.empty() && is_alphanumeric(text.front()) && is_alphanumeric(text.back()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alphanumeric(c) || c == '-' || c == '_' || c == '.'; });
}

constexpr std::string_view dns1123_label_format = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
constexpr std::string_view label_key_format = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

// The API machinery has two packages of rules; older ones say "characters", newer ones "bytes".
std::string length_complaint(std::size_t limit, std::string_view unit = "bytes") {
  return "must be no more than " + std::to_string(limit) + " " + std::string(unit);
}

std::string format_complaint(std::string_view message, std::string_view format,
                             std::initializer_list<std::string_view> examples) {
  std::string text(message);
  text += " (e.g. ";
  bool first = true;
  for (const std::string_view example : examples) {
    text.append(first ? "'" : " or '").append(example).append("', ");
    first = false;
  }
  return text.append("regex used for validation is '").append(format).append("')");
}

std::string label_key_complaint() {
  return format_complaint(
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
      label_key_format, {"MyName", "my.name", "123-abc"});
}

Complaints check_subdomain(std::string_view value, std::string_view unit) {
  Complaints complaints;
  if (value.size() > 253) complaints.push_back(length_complaint(253, unit));
  if (!is_dns1123_subdomain(value))
    complaints.push_back(
        format_complaint("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or "
                         "'.', and must start and end with an alphanumeric character",
                         "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*", {"example.com"}));
  return complaints;
}

void check_prefix_part(std::string_view prefix, Complaints& complaints) {
  if (prefix.empty()) complaints.emplace_back("prefix part must be non-empty");
  if (prefix.empty()) return;
  for (const std::string& complaint : check_subdomain(prefix, "bytes"))
    complaints.push_back("prefix part " + complaint);
}

void check_name_part(std::string_view name, Complaints& complaints) {
  if (name.empty()) complaints.emplace_back("name part must be non-empty");
  if (name.size() > 63) complaints.push_back("name part " + length_complaint(63));
  if (!is_label_key(name)) complaints.push_back("name part " + label_key_complaint());
}

}  // namespace

Complaints check_dns1123_label(std::string_view value) {
  Complaints complaints;
  if (value.size() > 63) complaints.push_back(length_complaint(63, "characters"));
  if (is_dns1123_label(value)) return complaints;
  if (is_dns1123_subdomain(value))
    complaints.emplace_back("must not contain dots");
  else
    complaints.push_back(
        format_complaint("a lowercase RFC 1123 label must consist of lower case alphanumeric "
                         "characters or '-', and must start and end with an alphanumeric character",
                         dns1123_label_format, {"my-name", "123-abc"}));
  return complaints;
}

Complaints check_dns1123_subdomain(std::string_view value) {
  return check_subdomain(value, "characters");
}

Complaints check_dns1035_label(std::string_view value) {
  Complaints complaints;
  if (value.size() > 63) complaints.push_back(length_complaint(63, "characters"));
  const bool starts_with_digit = !value.empty() && is_digit(value[0]);
  if (!is_dns1123_label(value) || starts_with_digit)
    complaints.push_back(
        format_complaint("a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an "
                         "alphabetic character, and end with an alphanumeric character",
                         "[a-z]([-a-z0-9]*[a-z0-9])?", {"my-name", "abc-123"}));
  return complaints;
}

Complaints check_qualified_name(std::string_view value) {
  const auto slashes = std::count(value.begin(), value.end(), '/');
  if (slashes > 1)
    return {"a valid label key " + label_key_complaint() +
            " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"};
  Complaints complaints;
  if (slashes == 1) {
    check_prefix_part(value.substr(0, value.find('/')), complaints);
    value.remove_prefix(value.find('/') + 1);
  }
  check_name_part(value, complaints);
  return complaints;
}

Complaints check_label_value(std::string_view value) {
  Complaints complaints;
  if (value.size() > 63) complaints.push_back(length_complaint(63));
  if (!value.empty() && !is_label_key(value))
    complaints.push_back(
        format_complaint("a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or "
                         "'.', and must start and end with an alphanumeric character",
                         "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?", {"MyValue", "my_value", "12345"}));
  return complaints;
}

// The last two characters become an 'a', as in the API machinery: what stands before the dash goes too.
std::string as_name_prefix(std::string_view value) {
  if (value.size() < 2 || !value.ends_with('-')) return std::string(value);
  return std::string(value.substr(0, value.size() - 2)) + "a";
}

}  // namespace kastell::cel
