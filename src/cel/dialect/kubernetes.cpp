// What each Kubernetes version offers (apiserver pkg/cel/environment/base.go).
#include "cel/environment.h"
#include "cel/kubernetes_libraries.h"
#include "cel/libraries.h"

namespace kastell::cel {
namespace {

constexpr std::uint16_t always = 0, never = ~std::uint16_t{0};

template <Library (*library)(std::uint32_t), std::uint32_t version>
Library versioned() {
  return library(version);
}

// A library, and the minor versions of Kubernetes from which and before which it is there.
struct Row {
  Library (*library)();
  std::uint16_t introduced;
  std::uint16_t removed;
};

constexpr Row rows[] = {
    {&standard_library, always, never},
    {&kubernetes_urls_library, always, never},
    {&kubernetes_regex_library, always, never},
    {&versioned<kubernetes_lists_library, 0>, always, 37},
    {&kubernetes_authorizer_library, 27, never},
    {&versioned<optionals_library, newest_version>, 28, never},
    {&kubernetes_quantity_library, 28, never},
    {&versioned<strings_library, 0>, always, 29},
    {&versioned<strings_library, 2>, 29, never},
    {&sets_library, 29, never},
    {&kubernetes_ip_library, 30, never},
    {&kubernetes_cidr_library, 30, never},
    {&kubernetes_format_library, 31, never},
    {&kubernetes_authorizer_selectors_library, 31, never},
    {&two_variable_comprehensions_library, 32, never},
    {&versioned<kubernetes_semver_library, 1>, 33, never},
    {&versioned<lists_library, 3>, 34, never},
    {&versioned<kubernetes_lists_library, 1>, 37, never},
};

constexpr KubernetesVersion oldest{1, 25};

}  // namespace

Result<Environment::Parts> kubernetes_dialect(KubernetesVersion version) {
  if (version < oldest || version > newest_kubernetes)
    return failure(ErrorCode::unsupported, "Kubernetes " + std::to_string(version.major) + "." +
                                               std::to_string(version.minor) + " is not known: 1." +
                                               std::to_string(oldest.minor) + " to 1." +
                                               std::to_string(newest_kubernetes.minor) + " are");
  Environment::Parts parts;
  for (const Row& row : rows)
    if (row.introduced <= version.minor && version.minor < row.removed) parts.libraries.push_back(row.library());
  parts.has_sound_libraries = true;
  parts.options.homogeneous_literals = true;
  parts.options.cross_type_numeric_comparison = version.minor >= 28;
  parts.options.optional_types = version.minor >= 28;
  parts.options.validate_literals = version.minor >= 29;
  parts.options.presence_test_has_no_cost = true;
  parts.options.constant_folding = true;
  return parts;
}

}  // namespace kastell::cel
