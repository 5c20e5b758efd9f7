// Text formats of OpenAPI schemas as the API server checks them (kube-openapi strfmt). Pure; thread-safe.
#pragma once

#include <string_view>

namespace kastell::cel {

bool is_uuid(std::string_view text);       // dashes may be missing
bool is_base64(std::string_view text);     // standard alphabet, padded, not empty
bool is_date(std::string_view text);       // 2006-01-02
bool is_date_time(std::string_view text);  // RFC 3339, with any character before the fraction
bool is_isbn10(std::string_view text);     // spaces and dashes anywhere
bool is_isbn13(std::string_view text);
bool is_credit_card(std::string_view text);  // anything between its digits

}  // namespace kastell::cel
