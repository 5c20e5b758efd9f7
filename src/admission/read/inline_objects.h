// Objects that stand inside another document: lines of a batch, cases of a test.
#pragma once

#include <memory>
#include <span>

#include "document/document.h"
#include "snapshot/snapshot.h"

namespace kastell::admission {

// As the objects of one snapshot, which keeps the document alive: there are no others.
snapshot::Snapshot snapshot_of(const document::DocumentStream& stream, std::span<const document::Node> objects,
                               const std::shared_ptr<SymbolTable>& symbols);

}  // namespace kastell::admission
