// From an object that an overlay renders to back to the manifest or patch that wrote a field of it.
//
// Kustomize does not say which file a field came from. Files that the overlay is made of are asked: one with an object
// of that kind and name (the rendered name may have a prefix, a suffix, a hash) that says the same at that field.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "collect/render/kustomization.h"
#include "document/document.h"
#include "snapshot/snapshot.h"

namespace kastell::collect {

class OverlayProvenance final : public snapshot::Provenance {
 public:
  // `symbols` outlives this; `parts` are the overlay's, `kustomization` its own file.
  OverlayProvenance(const FileSystem& files, const KustomizationParts& parts, std::string kustomization,
                    SymbolTable& symbols);

  std::optional<snapshot::WrittenPlace> written_at(const snapshot::Object& object, std::span<const document::Step> path,
                                                   const Place& rendered) const override;

 private:
  struct Manifest {
    const document::Document* document;
    const document::Source* source;
    std::string_view kind, name;
  };

  std::vector<const Manifest*> manifests_of(const snapshot::Object& object) const;

  std::string kustomization_;
  std::vector<document::DocumentStream> streams_;
  std::vector<Manifest> manifests_;
};

}  // namespace kastell::collect
