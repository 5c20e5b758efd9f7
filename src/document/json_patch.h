// JSON Patch (RFC 6902) over nodes, with the leniencies of the library that Kubernetes uses (evanphx/json-patch v4):
// negative indexes count from the end, and `replace` of a member that is not there adds it. Errors are its words.
// As in the API server, copies may add 3 MiB in all; what is added may not nest the document deeper than 1000 levels.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/arena.h"
#include "base/result.h"
#include "base/symbol.h"
#include "document/node.h"

namespace kastell::document {

struct PatchOperation {
  std::string op, path, from = {};  // op: add, remove, replace, move, copy, test
  std::optional<Node> value = {};   // absent is not the same as null
};

struct Patched {
  Node document;
  bool test_failed = false;  // then nothing was changed
};

// The document with all operations done; it shares nodes with the old one, which stays as it was.
Result<Patched> apply_json_patch(const Node& document, std::span<const PatchOperation> operations, Arena& arena,
                                 SymbolTable& symbols);

}  // namespace kastell::document
