// Whether a scalar tagged !!timestamp is one.
#pragma once

#include <string_view>

namespace kastell::document::yaml {

// YYYY-M-D, with 'T' or 't', time and zone behind it, or with a space and time.
bool is_timestamp(std::string_view text);

}  // namespace kastell::document::yaml
