// Types as messages of the checker spell them (cel-go's FormatCELType).
#pragma once

#include <span>
#include <string>

#include "cel/type.h"

namespace kastell::cel {

// As to_string(), but "timestamp", "duration" and "null". Very long ones are cut.
std::string type_text(const Type& type);

// "(int, string)", and "string.(int)" for a member call: the first type is then the target's.
std::string call_text(std::span<const Type* const> arguments, bool member);

}  // namespace kastell::cel
