// Custom resources that carry pods, by the shape of their schema.
#pragma once

#include <optional>
#include <string_view>

#include "base/symbol.h"
#include "document/node.h"

namespace kastell::kube {

// What a CustomResourceDefinition defines; the texts lie in its document.
struct CustomResource {
  std::string_view group, kind, resource, version;
  bool namespaced = true;
};

// The resource of a CustomResourceDefinition (apiextensions.k8s.io/v1), in its storage version, if the schema of that
// version has a pod's spec somewhere: an object with a list `containers` whose items have an `image`. Nothing if it has
// none, or if the definition is not well formed. The search is as deep as any schema that the API server takes.
std::optional<CustomResource> find_custom_pods(const document::Node& definition, SymbolTable& symbols);

}  // namespace kastell::kube
