// The security context that a container runs with (core/v1 PodSecurityContext and SecurityContext).
#pragma once

#include "kube/pod_view.h"

namespace kastell::kube {

// Where an effective field comes from.
enum class FieldSource : std::uint8_t { container, pod, annotation };

SecurityContextSources find_security_context(const document::Node& spec, const document::Node* metadata,
                                             const document::Node& container, const SymbolTable& symbols);

document::Node make_effective(const SecurityContextSources& sources, Arena& arena);

// Whose value `field` (for windowsOptions: its member `member`) takes; the container's own if nobody set it.
FieldSource source_of(const SecurityContextSources& sources, Symbol field, const Symbol* member);

inline constexpr std::string_view app_armor_annotation_prefix = "container.apparmor.security.beta.kubernetes.io/";

}  // namespace kastell::kube
