// How an API server merges an apply configuration into an object: field by field, lists of maps by their keys, sets by
// their values (structured-merge-diff).
//
//   const auto type = kube::type_of("", "v1", "Pod", 34);
//   Result<Node> merged = kube::apply_configuration(live, configuration, type, arena, symbols);
//
// Errors are the API server's own words. Unlike server-side apply nobody owns fields: nothing is ever removed.
#pragma once

#include <string>
#include <vector>

#include "base/arena.h"
#include "base/result.h"
#include "base/symbol.h"
#include "document/node.h"
#include "kube/api_type.h"

namespace kastell::kube {

// Fields of an object that its type does not have: "spec.containers[0].imge".
std::vector<std::string> undeclared_fields(const document::Node& object, ApiType type, const SymbolTable& symbols);

// The live object with the configuration merged in; nodes of both are shared. An error for a configuration that does
// not fit the type, and for one that would replace a list, a map or a struct that is replaced as a whole.
Result<document::Node> apply_configuration(const document::Node& live, const document::Node& configuration,
                                           ApiType type, Arena& arena, const SymbolTable& symbols);

}  // namespace kastell::kube
