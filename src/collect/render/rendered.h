// One chart or overlay rendered: what was written, and how that leads back to files.
#pragma once

#include <memory>
#include <string>
#include <variant>

#include "base/file_system.h"
#include "collect/render.h"
#include "document/document.h"
#include "snapshot/snapshot.h"

namespace kastell::collect {

struct Rendered {
  document::DocumentStream stream;  // its source is named after the folder
  std::shared_ptr<const snapshot::Provenance> provenance;
};

// The rendering, or coverage that says why there is none. `name` is the folder as reports write it.
std::variant<Rendered, snapshot::Coverage> render(Bundle bundle, const std::string& folder, const std::string& name,
                                                  const FileSystem& files, SymbolTable& symbols,
                                                  const document::ParseLimits& limits, const RenderOptions& options);

}  // namespace kastell::collect
