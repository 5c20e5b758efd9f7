// Values that are no credentials, whatever the name that they stand under.
//
// Said here alone: controls know them by what they are asked of (facts.credentialNames), exported policies by the
// pattern. Pure and thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace kastell::kube {

// "false", "No", "1h30m": says something about credentials (--enable-bootstrap-token-auth), and is none.
bool is_switch_or_duration(std::string_view text);

// What stands for the value of a variable: $(VAR), ${VAR}; not ${VAR:-hunter2}.
bool is_variable(std::string_view text);

// A path of a folder that nodes and images have, or to a file that is named like one: "/run/secrets/db", "/tls/ca.pem".
bool is_usual_path(std::string_view text);

// Any of them.
bool is_harmless_value(std::string_view text);

// The same as a regular expression (RE2).
std::string harmless_value_pattern();

}  // namespace kastell::kube
