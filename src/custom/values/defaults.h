// A resource as the API server keeps it: with the defaults of its schema where a field is missing.
#pragma once

#include "custom/values/keywords.h"
#include "custom/values/sink.h"
#include "document/node.h"

namespace kastell::custom {

// What needs nothing is shared with `value`, not copied. Without positions: paths are followed in the original.
document::Node with_defaults(const document::Node& value, const document::Node& schema, const Keywords& words,
                             Steps& steps, Arena& arena);

}  // namespace kastell::custom
