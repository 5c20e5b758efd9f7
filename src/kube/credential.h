// Credentials in manifests: which texts must neither be shown nor kept, and what stands in their place.
//
// Guesses by names and by form (kube/credential_forms.h); a credential that is neither named nor formed like one is not
// known. All functions are pure and thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/symbol.h"
#include "document/node.h"

namespace kastell::kube {

inline constexpr std::string_view redacted = "(redacted)";

// A copy of the object, which `kubectl apply` leaves in an annotation.
inline constexpr std::string_view last_applied = "kubectl.kubernetes.io/last-applied-configuration";

// Whether a variable or key of this name probably holds a credential: "DB_PASSWORD", "apiKey"; not "secretName".
bool looks_like_credential(std::string_view name);

// Whether a URL in the text carries a password: "postgres://user:secret@host".
bool has_url_password(std::string_view text);

// Whether the text itself is or assigns a credential: a private key, a token of a known service, "--password=…", a line
// of a configuration file.
bool is_credential_text(std::string_view text);

// Whether a text under this name must not be shown. A switch or a duration may be shown whatever its name, and a number
// of things (MAX_TOKEN).
bool is_secret_text(std::string_view name, std::string_view text);

// Whether the member or item number `member` of `parent` must not be shown: a text whose key is named like a
// credential, or that is the `value` beside such a `name` (env), or that follows such a flag (args), or a URL with a
// password, or a credential by its form; a list of texts whose key is named like a credential; what was last applied.
bool is_secret_member(const document::Node& parent, std::size_t member, const SymbolTable& symbols);

// What is kept of a credential that stands under this name: "(redacted)", with stand-ins for its form before it, so
// that all the questions of credential_forms.h have the answers that they had for the text itself, and a scan finds the
// same. The name of an argument is the flag before it.
std::string without_credential(std::string_view name, std::string_view text);

}  // namespace kastell::kube
