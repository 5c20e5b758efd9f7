// Whether a text is an address of mail as Go's net/mail reads one (RFC 5322): "Ann Lee <ann@example.com> (at work)", or
// a group that has one member. Pure; thread-safe.
#pragma once

#include <string_view>

namespace kastell::cel {

bool is_mail_address(std::string_view text);

}  // namespace kastell::cel
