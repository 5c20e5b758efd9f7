// The libraries that the Kubernetes API server adds to CEL (apiserver pkg/cel/library).
//
// Each function returns a constant table. Which of them a Kubernetes version offers is the dialect's
// business: kubernetes_dialect() in cel/environment.h.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "cel/function.h"
#include "cel/value.h"

namespace kastell::cel {

// Version 1 adds includes().
Library kubernetes_lists_library(std::uint32_t version);
Library kubernetes_regex_library();
Library kubernetes_urls_library();
Library kubernetes_quantity_library();
Library kubernetes_ip_library();
Library kubernetes_cidr_library();
Library kubernetes_format_library();
// Version 1 adds the argument `normalize`.
Library kubernetes_semver_library(std::uint32_t version);
Library kubernetes_authorizer_library();
Library kubernetes_authorizer_selectors_library();
Library kubernetes_json_patch_library();

// Values of the variables `authorizer` and `authorizer.requestResource`. What is asked of them goes to
// Evaluation::authorizer.
struct RequestResource {
  std::string_view group, resource, subresource, name_space, name;
};
Value make_authorizer(Arena& arena);
Value make_resource_check(Arena& arena, const RequestResource& requested);

}  // namespace kastell::cel
