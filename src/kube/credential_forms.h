// What texts in manifests are credentials: by their form, in a URL, or by the name beside them
// (kube/credential_names.h).
//
// Meant to raise few false alarms: what refers to a credential (a path, a variable, a placeholder) is none.
// Pure and thread-safe; linear in the text.
#pragma once

#include <string_view>

namespace kastell::kube {

// A private key in PEM, a token of a known service (AWS, GitHub, GitLab, Slack, Stripe, Google, npm, …), a signed JSON
// Web Token, a bearer token.
bool has_credential_form(std::string_view text);

// Where a URL in the text carries a password: "postgres://user:secret@host". Not "://user:$(PASSWORD)@".
bool has_url_credential(std::string_view text);

// Letters and digits without pattern, long enough for a key: by length, alphabet and entropy. Alone it proves nothing:
// ask hints_at_credential() of its name too (kube/credential_names.h).
bool looks_random(std::string_view text);

// "--db-password=hunter2", "API_TOKEN=…": a flag or assignment whose name is a credential's and whose value is one.
bool assigns_credential(std::string_view text);

// The same in two words: "--db-password", "hunter2".
bool assigns_credential(std::string_view flag, std::string_view word);

// Whether a line of a configuration file or script, a word of it, or a member of JSON in it assigns a credential, or
// any text in it has the form of one.
bool file_holds_credential(std::string_view text);

}  // namespace kastell::kube
