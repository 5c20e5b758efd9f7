// What a report must not show: the data of Secrets, and what looks like a credential (kube/credential.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kube/credential.h"
#include "policy/scan.h"

namespace kastell::report {

using kube::has_url_password, kube::is_credential_text, kube::is_secret_member, kube::looks_like_credential;
using kube::redacted;

// Whether the finding's value must not be shown.
bool is_secret(const policy::FindingDetail& detail, const SymbolTable& symbols);

// The finding's message without its value, if that must not be shown.
std::string_view shown_message(const policy::FindingDetail& detail, bool secret, std::string& scratch);

// Of a longer line (minified JSON) nothing is shown.
inline constexpr std::size_t longest_shown_line = 400;

// Where, in source bytes [begin, end) of a line that a finding's excerpt shows, the first text stands that must not be
// shown: of the finding's object, or of a neighbour that has a part in the line.
std::optional<std::uint32_t> first_secret_offset(const policy::FindingDetail& detail,
                                                 const snapshot::Snapshot& snapshot, std::uint32_t begin,
                                                 std::uint32_t end);

}  // namespace kastell::report
