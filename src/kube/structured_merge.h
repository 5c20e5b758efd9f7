// How an API server merges an apply configuration into an object: field by field, lists of maps by their keys, sets by
// their values (structured-merge-diff; the schemas are those of the newest Kubernetes that Kastell knows).
//
//   const auto type = kube::merge_type("", "v1", "Pod");
//   Result<Node> merged = kube::apply_configuration(live, configuration, type, arena, symbols);
//
// Errors are the API server's own words. Unlike server-side apply nobody owns fields: nothing is ever removed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/result.h"
#include "base/symbol.h"
#include "document/node.h"

namespace kastell::kube {

using MergeType = std::uint16_t;

// The type of a kind. One that is not Kubernetes' own merges as a custom resource without a schema does: maps merge,
// lists are replaced.
MergeType merge_type(std::string_view group, std::string_view version, std::string_view kind);

// Fields of an object that its type does not have: "spec.containers[0].imge".
std::vector<std::string> undeclared_fields(const document::Node& object, MergeType type, const SymbolTable& symbols);

// The live object with the configuration merged in; nodes of both are shared. An error for a configuration that does
// not fit the type, and for one that would replace a list, a map or a struct that is replaced as a whole.
Result<document::Node> apply_configuration(const document::Node& live, const document::Node& configuration,
                                           MergeType type, Arena& arena, const SymbolTable& symbols);

}  // namespace kastell::kube
