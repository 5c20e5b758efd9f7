// Reading a stream of YAML documents.
#pragma once

#include "base/symbol.h"
#include "document/document.h"

namespace kastell::document::yaml {

// Reads the documents of `stream.source` from byte `from` (the beginning of a line) on, and appends
// them and their errors to `stream`.
void read_stream(DocumentStream& stream, std::size_t from, SymbolTable& symbols, const ParseLimits& limits);

}  // namespace kastell::document::yaml
