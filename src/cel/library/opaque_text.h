// The text that a value of Kubernetes' own libraries stands for where a message wants a string.
#pragma once

#include <optional>
#include <string>

#include "cel/value.h"

namespace kastell::cel {

// Of a quantity, an IP, a CIDR, a semver or a URL; nothing of any other value.
std::optional<std::string> opaque_text(const Value& value);

}  // namespace kastell::cel
