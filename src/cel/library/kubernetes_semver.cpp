// semver(): semantic versions (apiserver pkg/cel/library/semverlib.go).
#include <string>

#include "cel/kubernetes_libraries.h"
#include "cel/library/comparison_functions.h"
#include "cel/library/cost.h"
#include "cel/library/declare.h"
#include "cel/library/kubernetes_cost.h"
#include "cel/library/kubernetes_values.h"

namespace kastell::cel {
namespace {

using Arguments = std::span<const Value>;
using comparison_functions::compare_to;
using comparison_functions::is_greater_than;
using comparison_functions::is_less_than;

const SemanticVersion& version_of(const Value& value) {
  return as_opaque<SemverValue>(value, semver_kind)->version;
}

bool equal_versions(const OpaqueValue& a, const OpaqueValue& b) {
  return compare(static_cast<const SemverValue&>(a).version, static_cast<const SemverValue&>(b).version) == 0;
}

// The text to parse; with a second argument that is true, normalised.
std::expected<std::string, std::string> text_of(Arguments arguments) {
  const std::string_view text = as_text(arguments[0]);
  if (arguments.size() == 2 && is_true(arguments[1])) return normalise_semantic_version(text);
  return std::string(text);
}

Value string_to_semver(CallContext& context, Arguments arguments) {
  const auto text = text_of(arguments);
  if (!text) return make_error(context.arena, text.error());
  const auto version = parse_semantic_version(context.arena.copy(*text));
  if (!version) return make_error(context.arena, version.error());
  return make_opaque(*context.arena.create<SemverValue>(OpaqueValue{&semver_kind}, *version));
}

Value is_semver(CallContext& /*context*/, Arguments arguments) {
  const auto text = text_of(arguments);
  return make_bool(text && parse_semantic_version(*text));
}

std::strong_ordering order(Arguments arguments) {
  return compare(version_of(arguments[0]), version_of(arguments[1]));
}

// Numbers beyond int64 wrap, as in Go's conversion.
template <std::uint64_t SemanticVersion::* number>
Value number_of(CallContext& /*context*/, Arguments arguments) {
  return make_int(static_cast<std::int64_t>(version_of(arguments[0]).*number));
}

using declare::function, declare::member;
constexpr std::string_view two_to_bool = "kubernetes.Semver, kubernetes.Semver -> bool";
constexpr std::string_view to_int = "kubernetes.Semver -> int";

// The overloads with `normalize` come last: version 0 of the library leaves them out.
constexpr Overload overloads[] = {
    function("semver", "string_to_semver", "string -> kubernetes.Semver", &string_to_semver, &cost::target_traversal),
    function("isSemver", "is_semver_string", "string -> bool", &is_semver, &cost::target_traversal),
    member("isGreaterThan", "semver_is_greater_than", two_to_bool, &is_greater_than<order>, &cost::nominal),
    member("isLessThan", "semver_is_less_than", two_to_bool, &is_less_than<order>, &cost::nominal),
    member("compareTo", "semver_compare_to", "kubernetes.Semver, kubernetes.Semver -> int", &compare_to<order>,
           &cost::nominal),
    member("major", "semver_major", to_int, &number_of<&SemanticVersion::major>, &cost::nominal),
    member("minor", "semver_minor", to_int, &number_of<&SemanticVersion::minor>, &cost::nominal),
    member("patch", "semver_patch", to_int, &number_of<&SemanticVersion::patch>, &cost::nominal),
    function("semver", "string_bool_to_semver", "string, bool -> kubernetes.Semver", &string_to_semver,
             &cost::target_traversal),
    function("isSemver", "is_semver_string_bool", "string, bool -> bool", &is_semver, &cost::target_traversal),
};

}  // namespace

const OpaqueKind semver_kind{.type_name = "kubernetes.Semver", .equal = &equal_versions, .size = nullptr};

Library kubernetes_semver_library(std::uint32_t version) {
  const std::span all(overloads);
  return {.name = "kubernetes.Semver", .version = version, .overloads = version >= 1 ? all : all.first(all.size() - 2)};
}

}  // namespace kastell::cel
