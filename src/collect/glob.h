// Globs over paths: * and ? and [a-z] and [!a-z] within a part of the path, ** for any number of parts.
// A backslash takes the next character as it is. Pure and thread-safe; time is bounded by |pattern| × |text|.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kastell::collect {

bool has_wildcard(std::string_view text);

// One part of a path against one part of a pattern.
bool matches_part(std::string_view pattern, std::string_view text);

// A whole path against a whole pattern.
bool matches_path(std::string_view pattern, std::string_view path);

// The path, or its last parts: "*.yaml" and "b/*.yaml" both match "a/b/c.yaml".
bool matches_path_or_tail(std::string_view pattern, std::string_view path);

// "a//b/./c" → {"a", "b", "c"}.
std::vector<std::string_view> split_path(std::string_view path);

}  // namespace kastell::collect
