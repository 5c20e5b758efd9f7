// How literal values are written in CEL.
#pragma once

#include <string>

#include "cel/value.h"

namespace kastell::cel {

// Text that reads back as the same value: strings and bytes in double quotes, uint with its suffix,
// doubles with a point or an exponent.
std::string literal_text(const Value& value);

}  // namespace kastell::cel
