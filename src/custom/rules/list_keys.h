// What an API server tells the items of sets and maps apart by: keys of Go's maps.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cel/value.h"

namespace kastell::custom {

// Of one value; two have it in common exactly if Go takes them for one key. Nothing for what Kastell cannot say: of
// times Go compares the zones as well.
std::optional<std::string> scalar_key(const cel::Value& value);
// The same of a value as it is written, before its format or its type made it another; only where both are one.
std::optional<std::string> written_key(const cel::Value& value);
// As Go's %v prints it, which does not tell "a b" from "a" and "b".
std::optional<std::string> printed_key(const cel::Value& value);

}  // namespace kastell::custom
