#include <algorithm>
#include <array>

#include "base/text.h"
#include "policy/scan.h"

namespace kastell::policy {

namespace {

constexpr std::array<std::string_view, 3> level_names{"privileged", "baseline", "restricted"};

Result<PodSecurityLevel::Level> parse_level(std::string_view text) {
  const auto at = std::ranges::find(level_names, text);
  if (at != level_names.end()) return PodSecurityLevel::Level(at - level_names.begin());
  std::string message = "unknown Pod Security level '" + std::string(text) + "'";
  if (const auto near = nearest(text, level_names)) {
    message += "; did you mean '" + std::string(*near) + "'?";
  } else {
    message += ": privileged, baseline or restricted";
  }
  return failure(ErrorCode::usage, std::move(message));
}

Result<cel::KubernetesVersion> parse_version(std::string_view text) {
  if (text == "latest") return cel::newest_kubernetes;
  const auto version = cel::parse_kubernetes_version(text);
  if (!version || version->major != 1) {
    return failure(ErrorCode::usage,
                   "unknown Pod Security version '" + std::string(text) + "': write v1.30, or latest");
  }
  // As Kubernetes does: a version it does not know yet means the newest it knows.
  return std::min(*version, cel::newest_kubernetes);
}

}  // namespace

Result<PodSecurityLevel> parse_pod_security_level(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto level = parse_level(text.substr(0, colon));
  if (!level) return std::unexpected(level.error());
  PodSecurityLevel result{*level, cel::newest_kubernetes};
  if (colon == std::string_view::npos) return result;
  const auto version = parse_version(text.substr(colon + 1));
  if (!version) return std::unexpected(version.error());
  result.version = *version;
  return result;
}

}  // namespace kastell::policy
