// Names of credentials: of variables, keys and flags whose values are some.
//
// Meant to raise few false alarms. Pure and thread-safe; linear in the name.
#pragma once

#include <string>
#include <string_view>

namespace kastell::kube {

// Whether a variable, key or flag of this name holds a credential: its last word says so, or the one before what tells
// it from others of the kind: "PGPASSWORD", "dbPassword", "DB_PASS", "--db-password", "DB_PASSWORD_OLD"; not
// "PASSWORD_FILE", "imagePullSecret". Those are names of what must not be in the open; what must not be shown is more
// (looks_like_credential() in kube/credential.h).
bool names_credential(std::string_view name);

// Whether a word of such names is anywhere in this one: "passwords", "TOKEN_URL".
bool mentions_credential(std::string_view name);

// Whether a text without pattern under this name is probably one: "COSMOS_KEY".
bool hints_at_credential(std::string_view name);

// "MAX_TOKEN": "4096".
bool is_number_of_things(std::string_view name, std::string_view text);

// A text that is a credential by its name, and no harmless value (kube/harmless_value.h).
bool is_named_credential(std::string_view name, std::string_view text);

// The same as regular expressions (RE2): a name that has a match of `names` and none of `others` is a credential's;
// not, if it has one of `counting`, of a text with one of counted_pattern. But for words that are taken apart where
// they have no parts ("to_ken").
struct CredentialNamePatterns {
  std::string names, others, counting;
};
CredentialNamePatterns credential_name_patterns();
inline constexpr std::string_view counted_pattern = "^[0-9]{1,9}$";

}  // namespace kastell::kube
