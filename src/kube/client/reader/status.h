// From an HTTP response that is not 200 to a failure that says what the server said.
#pragma once

#include <string>
#include <string_view>

#include "kube/client/transport.h"

namespace kastell::client {

// `where` is "GET https://host/path".
RequestFailure failure_of_response(const std::string& where, const Response& response);

// The text of one Warning header (RFC 7234: 299 - "text"); empty if it is none.
std::string text_of_warning(std::string_view value);

}  // namespace kastell::client
