// What a report must not show: the data of Secrets, and values that are named like credentials.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "policy/scan.h"

namespace kastell::report {

inline constexpr std::string_view redacted = "(redacted)";

// Whether a variable or key of this name probably holds a credential: "DB_PASSWORD", "apiKey"; not "secretName".
bool looks_like_credential(std::string_view name);

// Whether a URL in the text carries a password: "postgres://user:secret@host".
bool has_url_password(std::string_view text);

// Whether the text itself is or assigns a credential (policy/credentials.h): a private key, a token of a known service,
// "--password=…", a line of a configuration file.
bool is_credential_text(std::string_view text);

// Whether the member or item number `member` of `parent` is a text that must not be shown: its key is named like a
// credential, or it is the `value` beside such a `name` (env), or it is a URL with a password, or a credential by its
// form.
bool is_secret_member(const document::Node& parent, std::size_t member, const SymbolTable& symbols);

// Whether the finding's value must not be shown.
bool is_secret(const policy::FindingDetail& detail, const SymbolTable& symbols);

// The finding's message without its value, if that must not be shown.
std::string_view shown_message(const policy::FindingDetail& detail, bool secret, std::string& scratch);

// Where, in source bytes [begin, end), the first text of the object stands that must not be shown.
std::optional<std::uint32_t> first_secret_offset(const snapshot::Object& object, const SymbolTable& symbols,
                                                 std::uint32_t begin, std::uint32_t end);

}  // namespace kastell::report
