#include "policy/scan/selection.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace kastell::policy {

namespace {

using Level = PodSecurityLevel::Level;

bool is_glob(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

std::unexpected<Error> unknown(std::string_view what, std::string_view name,
                               std::span<const std::string_view> candidates) {
  std::string message = "unknown " + std::string(what) + " '" + std::string(name) + "'";
  if (const auto near = nearest(name, candidates)) message += "; did you mean '" + std::string(*near) + "'?";
  return failure(ErrorCode::usage, std::move(message));
}

Result<void> check_names(const Catalog& catalog, const ScanOptions& options) {
  const auto ids = options.controls.empty() ? std::vector<std::string_view>{} : catalog.ids();
  for (const std::string& pattern : options.controls) {
    const bool known = std::ranges::any_of(ids, [&](std::string_view id) { return matches_glob(pattern, id); });
    if (!known && is_glob(pattern)) return failure(ErrorCode::usage, "no control matches '" + pattern + "'");
    if (!known) return unknown("control", pattern, ids);
  }
  const auto frameworks = options.frameworks.empty() ? std::vector<std::string_view>{} : catalog.frameworks();
  for (const std::string& name : options.frameworks) {
    if (std::ranges::find(frameworks, name) == frameworks.end()) return unknown("framework", name, frameworks);
  }
  const auto parameters = options.parameters.empty() ? std::vector<std::string_view>{} : catalog.parameters();
  for (const auto& [name, values] : options.parameters) {
    if (std::ranges::find(parameters, name) == parameters.end()) return unknown("parameter", name, parameters);
  }
  return {};
}

bool is_named(const Control& control, const ScanOptions& options) {
  return std::ranges::any_of(options.controls,
                             [&](const std::string& pattern) { return matches_glob(pattern, control.id); });
}
bool is_pod_security_check(const Control& control) {
  return control.group.starts_with("pss-");
}
// The framework `pss` is Kubernetes' own checks, not the guide's that ask the same.
bool is_of_framework(const Control& control, const ScanOptions& options) {
  return std::ranges::any_of(options.frameworks, [&](const std::string& name) {
    return is_pod_security_check(control) == (name == "pss") && control.references.contains(name);
  });
}

// What the names given choose. The Pod Security checks, which ask some of the guide's questions again, run when a
// level, their framework or their names are asked for; advisory controls when their framework or their names are.
bool is_asked_for(const Control& control, const ScanOptions& options) {
  if (options.controls.empty() && options.frameworks.empty()) return control.group.empty();
  if (options.controls.empty()) return is_of_framework(control, options);
  return is_named(control, options) && (options.frameworks.empty() || is_of_framework(control, options));
}

// A question that cannot be asked without what only the user knows; by its name it is asked all the same.
bool lacks_parameter(const Control& control, const ScanOptions& options) {
  return !control.parameter.empty() && !options.parameters.contains(control.parameter) && !is_named(control, options);
}

bool exists_at(const Control& control, cel::KubernetesVersion version) {
  return std::ranges::any_of(control.rules, [version](const Rule& rule) { return rule.applies_to(version); });
}

// Upstream ids of baseline checks that a restricted check takes over at this version.
std::set<std::string_view> replaced_checks(const Catalog& catalog, cel::KubernetesVersion version) {
  std::set<std::string_view> ids;
  for (const Control& control : catalog.controls()) {
    if (exists_at(control, version)) ids.insert(control.replaces.begin(), control.replaces.end());
  }
  return ids;
}

class PodSecuritySet {
 public:
  PodSecuritySet(const Catalog& catalog, const PodSecurityLevel& level) : level_(level) {
    if (level.level == Level::restricted) replaced_ = replaced_checks(catalog, level.version);
  }

  bool contains(const Control& control) const {
    if (!exists_at(control, level_.version)) return false;
    if (control.group == "pss-restricted") return level_.level == Level::restricted;
    if (control.group != "pss-baseline" || level_.level == Level::privileged) return false;
    const auto checks = control.references.find("pss");
    return checks == control.references.end() ||
           std::ranges::none_of(checks->second, [this](std::string_view id) { return replaced_.contains(id); });
  }

 private:
  const PodSecurityLevel& level_;
  std::set<std::string_view> replaced_;
};

}  // namespace

// Linear but for backtracking to the last '*'.
bool matches_glob(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t]) && pattern[p] != '*') {
      ++p;
      ++t;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

Result<Selection> select_controls(const Catalog& catalog, const ScanOptions& options) {
  if (auto checked = check_names(catalog, options); !checked) return std::unexpected(std::move(checked.error()));
  std::optional<PodSecuritySet> pod_security;
  if (options.pod_security) pod_security.emplace(catalog, *options.pod_security);
  const bool by_name = !options.controls.empty() || !options.frameworks.empty();
  Selection selection{{}, options.pod_security ? options.pod_security->version : cel::newest_kubernetes};
  for (const Control& control : catalog.controls()) {
    if (options.at_least && control.severity < *options.at_least) continue;
    if (lacks_parameter(control, options)) continue;
    const bool chosen = pod_security ? pod_security->contains(control) || (by_name && is_asked_for(control, options))
                                     : is_asked_for(control, options);
    if (chosen) selection.controls.push_back(&control);
  }
  if (selection.controls.empty() && !options.pod_security) {
    return failure(ErrorCode::usage, "no control is left by these filters");
  }
  return selection;
}

}  // namespace kastell::policy
