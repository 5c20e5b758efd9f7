// From the text of a flag to its value, as the flag's type reads it.
#pragma once

#include <expected>

#include "kube/component/flag_table.h"

namespace kastell::kube {

document::Node zero_value(FlagType type);

// The value after one more occurrence of the flag; `before` is that of the earlier ones, null for the first. Scalars
// take the last text, lists and maps add up. The error is a sentence about the text: "is not a boolean".
std::expected<document::Node, std::string_view> read_value(FlagType type, std::string_view text,
                                                           const document::Node* before, SymbolTable& symbols,
                                                           Arena& arena);

// A field of a configuration file as the value of its flag. The error says what is wanted.
std::expected<document::Node, std::string_view> field_value(FlagType type, const document::Node& field, Arena& arena);

// time.ParseDuration: "1m30s", "-1.5h", "0".
bool is_go_duration(std::string_view text);

// Kubernetes reads flags with dashes and underscores alike.
inline constexpr std::size_t most_items = 10'000;  // of one list or map

}  // namespace kastell::kube
