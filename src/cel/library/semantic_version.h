// Semantic versions (semver.org 2.0.0) as the API server reads and orders them. Views into the text
// that was parsed; pure; thread-safe.
#pragma once

#include <compare>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace kastell::cel {

struct SemanticVersion {
  std::uint64_t major = 0, minor = 0, patch = 0;
  std::string_view prerelease = {};  // "rc.1"; identifiers separated by dots
  std::string_view build = {};
};

// The error is the text of the API server's parser (blang/semver).
std::expected<SemanticVersion, std::string> parse_semantic_version(std::string_view text);

// What the API server's `normalize` does before parsing: a leading "v" and leading zeros go, missing minor
// and patch numbers become 0.
std::expected<std::string, std::string> normalise_semantic_version(std::string_view text);

std::string to_string(const SemanticVersion& version);

// Precedence: build metadata does not count.
std::strong_ordering compare(const SemanticVersion& a, const SemanticVersion& b);

}  // namespace kastell::cel
