// What texts in manifests are credentials: by their form, in a URL, or by the name beside them.
//
// Meant to raise few false alarms: what refers to a credential (a path, a variable, a placeholder) is none.
// Pure and thread-safe; linear in the text.
#pragma once

#include <string>
#include <string_view>

namespace kastell::kube {

// Whether a variable, key or flag of this name holds a credential: its last word says so, or the one before what tells
// it from others of the kind: "PGPASSWORD", "dbPassword", "DB_PASS", "--db-password", "DB_PASSWORD_OLD"; not
// "PASSWORD_FILE", "imagePullSecret". Those are names of what must not be in the open; what must not be shown is more
// (looks_like_credential() in kube/credential.h).
bool names_credential(std::string_view name);

// The same as regular expressions (RE2): a name that has a match of `names` and none of `others`. But for words that
// are taken apart where they have no parts ("to_ken").
struct CredentialNamePatterns {
  std::string names, others;
};
CredentialNamePatterns credential_name_patterns();

// Whether a word of such names is anywhere in this one: "passwords", "TOKEN_URL".
bool mentions_credential(std::string_view name);

// "false", "No", "1h30m": says something about credentials (--enable-bootstrap-token-auth), and is none.
bool is_switch_or_duration(std::string_view text);

// "MAX_TOKEN": "4096".
bool is_number_of_things(std::string_view name, std::string_view text);

// A text that is a credential by its name.
bool is_named_credential(std::string_view name, std::string_view text);

// A private key in PEM, a token of a known service (AWS, GitHub, GitLab, Slack, Stripe, Google, npm, …), a signed JSON
// Web Token, a bearer token.
bool has_credential_form(std::string_view text);

// Where a URL in the text carries a password: "postgres://user:secret@host". Not "://user:$(PASSWORD)@".
bool has_url_credential(std::string_view text);

// Letters and digits without pattern, long enough for a key: by length, alphabet and entropy. Alone it proves nothing:
// ask hints_at_credential() of its name too.
bool looks_random(std::string_view text);
bool hints_at_credential(std::string_view name);

// "--db-password=hunter2", "API_TOKEN=…": a flag or assignment whose name is a credential's and whose value is one.
bool assigns_credential(std::string_view text);

// The same in two words: "--db-password", "hunter2".
bool assigns_credential(std::string_view flag, std::string_view word);

// Whether a line of a configuration file, or a member of JSON in it, assigns a credential, or any text in it has the
// form of one.
bool file_holds_credential(std::string_view text);

}  // namespace kastell::kube
