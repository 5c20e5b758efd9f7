// Names of fields as CEL sees them (apiserver pkg/cel/escaping.go).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kastell::custom {

// "a-b" → "a__dash__b", "in" → "__in__". Nothing for names that expressions cannot reach.
std::optional<std::string> escape_name(std::string_view name);

}  // namespace kastell::custom
