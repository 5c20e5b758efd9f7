// The words of the catalogue's format.

#include <array>

#include "policy/control.h"

namespace kastell::policy {

namespace {

constexpr std::array<std::string_view, 5> severity_names{"info", "low", "medium", "high", "critical"};
constexpr std::array<std::string_view, scope_count> scope_names{
    "object", "pod", "container", "volume", "role_rule", "subject", "component", "field", "exception"};
constexpr std::array<std::string_view, joined_kind_count> joined_kind_names{"networking.k8s.io/NetworkPolicy",
                                                                            "ResourceQuota", "LimitRange"};

template <typename Enumeration, std::size_t count>
std::optional<Enumeration> parse(const std::array<std::string_view, count>& names, std::string_view text) {
  for (std::size_t i = 0; i < count; ++i) {
    if (names[i] == text) return Enumeration(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(Severity severity) {
  return severity_names[static_cast<std::size_t>(severity)];
}
std::optional<Severity> parse_severity(std::string_view text) {
  return parse<Severity>(severity_names, text);
}

std::string_view name_of(Scope scope) {
  return scope_names[static_cast<std::size_t>(scope)];
}
std::optional<Scope> parse_scope(std::string_view text) {
  return parse<Scope>(scope_names, text);
}

std::string_view name_of(JoinedKind kind) {
  return joined_kind_names[static_cast<std::size_t>(kind)];
}
std::optional<JoinedKind> parse_joined_kind(std::string_view text) {
  return parse<JoinedKind>(joined_kind_names, text);
}

}  // namespace kastell::policy
