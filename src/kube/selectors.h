// Label selectors (meta/v1 LabelSelector) over document nodes.
#pragma once

#include "base/result.h"
#include "base/symbol.h"
#include "document/node.h"

namespace kastell::kube {

// Whether `labels` (an object of strings, or null for none) satisfies `selector`. An empty selector
// matches everything. What the API server would refuse — an unknown operator, values where none belong,
// labels written beside matchLabels — is an Error of code unsupported: the caller must not read it as
// «does not match».
Result<bool> selects(const document::Node& selector, const document::Node* labels, const SymbolTable& symbols);

}  // namespace kastell::kube
