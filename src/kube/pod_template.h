// Pods and the templates they are made from.
#pragma once

#include "base/symbol.h"
#include "document/node.h"

namespace kastell::kube {

// A pod's spec and metadata, or a template's; metadata may be null.
struct PodParts {
  const document::Node* spec;
  const document::Node* metadata;
};

// Whether `made` is what controllers make of `pod_template`: the same but for what controllers, the scheduler and the
// built-in admission plug-ins fill in without bearing on security (names, node, tolerations, the token volume of the
// service account, …). A pod that a webhook changed, or that somebody debugs, is not.
bool is_made_from(const PodParts& made, const PodParts& pod_template, const SymbolTable& symbols);

}  // namespace kastell::kube
