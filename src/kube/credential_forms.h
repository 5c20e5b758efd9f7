// What texts in manifests are credentials: by their form, in a URL, or by the name beside them.
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
// ask hints_at_credential() of its name too.
bool looks_random(std::string_view text);
bool hints_at_credential(std::string_view name);

// "--db-password=hunter2", "API_TOKEN=…": a flag or assignment whose name is a credential's and whose value is one.
bool assigns_credential(std::string_view text);

// Whether a line of a configuration file assigns a credential, or any text in it has the form of one.
bool file_holds_credential(std::string_view text);

}  // namespace kastell::kube
