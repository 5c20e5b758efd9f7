// Regular expressions as Go writes them, for RE2.
//
// RE2 and Go's regexp package share one syntax but for details: RE2 knows (?<name>…) from 2023-07 on only, takes
// letters of any script in a group's name, and has \C, a single byte.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace kastell::cel {

// The pattern with every (?<name> written (?P<name>. The error is the message that Go gives of a name that is none and
// of \C; all other mistakes are left to RE2.
std::expected<std::string, std::string> to_re2_syntax(std::string_view go_pattern);

}  // namespace kastell::cel
