// What the API server writes into every Namespace (apiserver pkg/apis/core/v1, SetDefaults_Namespace).
#pragma once

#include "base/arena.h"
#include "base/symbol.h"
#include "document/node.h"

namespace kastell::kube {

inline constexpr std::string_view name_label = "kubernetes.io/metadata.name";

// The Namespace with its name as that label. As it is if it has no name yet, or metadata that are none.
document::Node with_name_label(const document::Node& name_space, Arena& arena, SymbolTable& symbols);

}  // namespace kastell::kube
