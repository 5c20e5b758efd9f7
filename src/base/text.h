// Small text functions that several rooms share. All are pure and thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kastell {

// The candidate nearest to `word` (Damerau-Levenshtein, at most a third of its length away), for
// «did you mean». Ties go to the first candidate.
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates);

// Where the first invalid UTF-8 sequence begins (RFC 3629: no surrogates, no overlong forms).
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

// Each byte that belongs to no UTF-8 sequence becomes U+FFFD, as in Go's JSON.
std::string replace_invalid_utf8(std::string_view bytes);

// Number of code points in valid UTF-8.
std::size_t count_code_points(std::string_view text);

// Appends `code_point` as UTF-8.
void append_utf8(std::string& text, char32_t code_point);

// Appends `text` as the inside of a JSON string: quotes, backslashes and control characters escaped.
void append_json_escaped(std::string& out, std::string_view text);

// The shortest decimal form that reads back as the same double, as JSON: always with '.' or 'e';
// not for NaN and infinities.
std::string format_double_json(double value);

}  // namespace kastell
