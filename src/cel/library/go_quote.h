// Go's quoted form of a string (strconv.Quote), as error messages of the API server show it.
#pragma once

#include <string>
#include <string_view>

namespace kastell::cel {

std::string go_quote(std::string_view text);

}  // namespace kastell::cel
