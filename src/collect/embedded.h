// Configuration files inside ConfigMaps: audit policies, encryption, admission, authentication and authorization
// configurations and kubeconfigs that stand in a ConfigMap's data as literal block scalars ("policy.yaml: |").
//
// They become documents of their own, so that they are judged like files. Their source has the name of the ConfigMap's
// file and its lines, but for those that do not belong to them, which are empty: line and column are those of the file.
// Texts in other forms (quoted, folded, JSON) keep no lines and stay what they are, values of a ConfigMap.
// The configuration of components is read from ConfigMaps elsewhere (kube/component_view.h).
#pragma once

#include <optional>

#include "document/document.h"

namespace kastell::collect {

// Nothing if the stream's ConfigMaps hold none. Linear in the source, whatever it holds.
std::optional<document::DocumentStream> read_embedded(const document::DocumentStream& stream, SymbolTable& symbols,
                                                      const document::ParseLimits& limits);

}  // namespace kastell::collect
