// Values as people may see them: JSON without credentials (kube/credential.h), bounded in length and depth.
#pragma once

#include <string>

#include "base/symbol.h"
#include "document/node.h"

namespace kastell::kube {

// Appends about `longest` bytes at most; what is left out is marked with "…".
void append_shown_json(std::string& out, const document::Node& value, const SymbolTable& symbols, std::size_t longest);

}  // namespace kastell::kube
