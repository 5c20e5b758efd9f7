// Snapshots for tests.
#pragma once

#include <memory>
#include <string>

#include "policy/control.h"
#include "snapshot/snapshot.h"

namespace kastell::policy::testing {

// A snapshot of the objects in `list`, written out as JSON and read again, so that they have places.
snapshot::Snapshot make_world(const document::Node& list, const std::shared_ptr<SymbolTable>& symbols,
                              bool closed = false);
// The same from YAML or JSON text.
snapshot::Snapshot read_world(const std::string& text, const std::shared_ptr<SymbolTable>& symbols,
                              bool closed = false);
// The same as if read from an API server of that version ("v1.34.4").
snapshot::Snapshot read_cluster(const std::string& text, const std::shared_ptr<SymbolTable>& symbols,
                                const std::string& server_version);

// Controls about exceptions judge what all other controls and any object say: they have no fields and kinds of their
// own to take away or to break (exception_test.cpp has their tests).
inline bool is_about_exceptions(const Control& control) {
  return control.scope == Scope::exception;
}

}  // namespace kastell::policy::testing
