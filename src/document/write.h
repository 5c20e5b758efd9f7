// Writing nodes as JSON text: for reports, batch answers and tests.
#pragma once

#include <string>

#include "base/symbol.h"
#include "document/node.h"

namespace kastell::document {

// Appends `node` as compact JSON, members in document order. Numbers keep their kind: a double always
// has '.' or 'e'. Infinities and NaN, which no parser gives, are written as null.
void append_json(std::string& out, const Node& node, const SymbolTable& symbols);

}  // namespace kastell::document
