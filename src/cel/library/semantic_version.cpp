#include "cel/library/semantic_version.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.h"
#include "cel/library/go_quote.h"

namespace kastell::cel {
namespace {

using Failure = std::unexpected<std::string>;

bool is_identifier_character(char c) {
  return is_alphanumeric(c) || c == '-';
}

bool is_numeric(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

bool has_leading_zero(std::string_view text) {
  return text.size() > 1 && text[0] == '0';
}

std::expected<std::uint64_t, std::string> parse_unsigned(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{}) return number;
  const bool too_big = error == std::errc::result_out_of_range;
  return Failure("strconv.ParseUint: parsing " + go_quote(text) +
                 (too_big ? ": value out of range" : ": invalid syntax"));
}

struct NumberName {
  std::string_view capital, small;
};

std::expected<std::uint64_t, std::string> parse_number(std::string_view text, NumberName name) {
  if (!is_numeric(text))
    return Failure("Invalid character(s) found in " + std::string(name.small) + " number " + go_quote(text));
  if (has_leading_zero(text))
    return Failure(std::string(name.capital) + " number must not contain leading zeroes " + go_quote(text));
  return parse_unsigned(text);
}

// The part before `separator`, which is taken off `rest` together with it.
std::string_view take_until(std::string_view& rest, char separator) {
  const std::size_t at = rest.find(separator);
  const std::string_view taken = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return taken;
}

// Calls `visit` for each dot-separated identifier, "" having one empty one; stops at its first failure.
template <typename Visit>
std::expected<void, std::string> for_each_identifier(std::string_view text, Visit visit) {
  for (std::size_t begin = 0;;) {
    const std::size_t dot = text.find('.', begin);
    if (auto outcome = visit(text.substr(begin, dot - begin)); !outcome) return outcome;
    if (dot == std::string_view::npos) return {};
    begin = dot + 1;
  }
}

std::expected<void, std::string> check_prerelease(std::string_view identifier) {
  if (identifier.empty()) return Failure("Prerelease is empty");
  if (is_numeric(identifier)) {
    if (has_leading_zero(identifier))
      return Failure("Numeric PreRelease version must not contain leading zeroes " + go_quote(identifier));
    if (auto number = parse_unsigned(identifier); !number) return Failure(number.error());
  } else if (!std::all_of(identifier.begin(), identifier.end(), is_identifier_character)) {
    return Failure("Invalid character(s) found in prerelease " + go_quote(identifier));
  }
  return {};
}

std::expected<void, std::string> check_build(std::string_view identifier) {
  if (identifier.empty()) return Failure("Build meta data is empty");
  if (!std::all_of(identifier.begin(), identifier.end(), is_identifier_character))
    return Failure("Invalid character(s) found in build meta data " + go_quote(identifier));
  return {};
}

// Numbers come before words; numbers are short here: they fit into 64 bits.
std::strong_ordering compare_identifiers(std::string_view a, std::string_view b) {
  const bool number_a = is_numeric(a), number_b = is_numeric(b);
  if (number_a != number_b) return number_b <=> number_a;
  if (number_a && a.size() != b.size()) return a.size() <=> b.size();
  return a <=> b;
}

std::strong_ordering compare_prereleases(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.empty() <=> b.empty();  // a release comes after its prereleases
  while (!a.empty() && !b.empty())
    if (const auto order = compare_identifiers(take_until(a, '.'), take_until(b, '.')); order != 0) return order;
  return b.empty() <=> a.empty();
}

std::string without_leading_zeros(std::string_view part) {
  if (part.size() <= 1) return std::string(part);
  part.remove_prefix(std::min(part.find_first_not_of('0'), part.size()));
  return part.empty() || !is_digit(part[0]) ? "0" + std::string(part) : std::string(part);
}

// At most three parts, the third with everything behind the second dot.
struct Parts {
  std::array<std::string_view, 3> texts;
  std::size_t count = 0;
};

Parts split(std::string_view text) {
  Parts parts;
  while (parts.count < 2 && text.contains('.')) parts.texts[parts.count++] = take_until(text, '.');
  parts.texts[parts.count++] = text;
  return parts;
}

}  // namespace

std::expected<SemanticVersion, std::string> parse_semantic_version(std::string_view text) {
  if (text.empty()) return Failure("Version string empty");
  const Parts parts = split(text);
  if (parts.count != 3) return Failure("No Major.Minor.Patch elements found");
  const auto major = parse_number(parts.texts[0], {"Major", "major"});
  if (!major) return Failure(major.error());
  const auto minor = parse_number(parts.texts[1], {"Minor", "minor"});
  if (!minor) return Failure(minor.error());

  std::string_view rest = parts.texts[2];
  const bool has_build = rest.contains('+');
  std::string_view core = take_until(rest, '+');
  const std::string_view build = rest;
  const bool has_prerelease = core.contains('-');
  const std::string_view patch_text = take_until(core, '-');
  const std::string_view prerelease = core;
  const auto patch = parse_number(patch_text, {"Patch", "patch"});
  if (!patch) return Failure(patch.error());
  if (has_prerelease)
    if (auto good = for_each_identifier(prerelease, &check_prerelease); !good) return Failure(good.error());
  if (has_build)
    if (auto good = for_each_identifier(build, &check_build); !good) return Failure(good.error());
  return SemanticVersion{*major, *minor, *patch, prerelease, build};
}

std::expected<std::string, std::string> normalise_semantic_version(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  const Parts parts = split(text);
  std::string normal;
  for (std::size_t i = 0; i < parts.count; ++i) normal += (i > 0 ? "." : "") + without_leading_zeros(parts.texts[i]);
  if (parts.count == 3) return normal;
  if (parts.texts[parts.count - 1].find_first_of("+-") != std::string_view::npos)
    return Failure("short version cannot contain PreRelease/Build meta data");
  for (std::size_t i = parts.count; i < 3; ++i) normal += ".0";
  return normal;
}

std::string to_string(const SemanticVersion& version) {
  std::string text =
      std::to_string(version.major) + "." + std::to_string(version.minor) + "." + std::to_string(version.patch);
  if (!version.prerelease.empty()) text.append("-").append(version.prerelease);
  if (!version.build.empty()) text.append("+").append(version.build);
  return text;
}

std::strong_ordering compare(const SemanticVersion& a, const SemanticVersion& b) {
  if (a.major != b.major) return a.major <=> b.major;
  if (a.minor != b.minor) return a.minor <=> b.minor;
  if (a.patch != b.patch) return a.patch <=> b.patch;
  return compare_prereleases(a.prerelease, b.prerelease);
}

}  // namespace kastell::cel
