// The API machinery's rules for names and labels, with its messages (apimachinery
// pkg/api/validate/content). An empty list means that the value is good. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kastell::cel {

using Complaints = std::vector<std::string>;

Complaints check_dns1123_label(std::string_view value);
Complaints check_dns1123_subdomain(std::string_view value);
Complaints check_dns1035_label(std::string_view value);
Complaints check_qualified_name(std::string_view value);  // "example.com/MyName"
Complaints check_label_value(std::string_view value);

// The prefix of a generated name may end with '-': the text that is to be checked in its stead.
std::string as_name_prefix(std::string_view value);

}  // namespace kastell::cel
