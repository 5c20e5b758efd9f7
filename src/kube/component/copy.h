// Deep copies of nodes, for what must outlive the document it was read from.
#pragma once

#include "base/arena.h"
#include "document/node.h"

namespace kastell::kube {

// Without positions. The depth is that of the parsed document, which the parser bounds.
document::Node copy(const document::Node& node, Arena& arena);

}  // namespace kastell::kube
