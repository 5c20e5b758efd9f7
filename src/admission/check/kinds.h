// Which kinds a policy's rules match, and what their types are to expressions.
#pragma once

#include <string>
#include <vector>

#include "admission/evaluate/language.h"
#include "admission/policy.h"
#include "kube/api_schema.h"
#include "kube/api_type.h"

namespace kastell::admission {

struct MatchedKinds {
  std::vector<kube::DeclaredKind> kinds;
  std::vector<std::string> unknown;  // resources that there is no schema of: "widgets.example.com", "pods/exec"
};
// Of Kubernetes' own, and of custom resources by their definitions.
MatchedKinds kinds_of(const MatchResources& resources, cel::KubernetesVersion version,
                      const kube::CustomSchemas& custom);

std::string text_of(const kube::DeclaredKind& kind);  // "apps/v1 Deployment"

// The language of policies over objects of the kind.
Language language_of(const kube::DeclaredKind& kind, const Language& language);

}  // namespace kastell::admission
