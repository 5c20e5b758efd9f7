// A resource without what the schema of its definition does not know.
#pragma once

#include "custom/values/keywords.h"
#include "custom/values/sink.h"
#include "document/node.h"

namespace kastell::custom {

// As apiextensions-apiserver's pkg/apiserver/schema/pruning cuts a whole resource: its apiVersion, kind and metadata
// are no matter of the schema. What needs no cut is shared with `resource`.
document::Node pruned(const document::Node& resource, const document::Node& schema, const Keywords& words, Steps& steps,
                      Arena& arena);

}  // namespace kastell::custom
