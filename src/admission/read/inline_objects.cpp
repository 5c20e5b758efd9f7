#include "admission/read/inline_objects.h"

namespace kastell::admission {

using document::Node;

snapshot::Snapshot snapshot_of(const document::DocumentStream& stream, std::span<const Node> objects,
                               const std::shared_ptr<SymbolTable>& symbols) {
  document::DocumentStream part = stream;
  part.documents.clear();
  for (const Node& object : objects) part.documents.push_back({object, 0});
  snapshot::SnapshotBuilder builder(symbols);
  if (!part.documents.empty()) builder.add(std::move(part));
  builder.set_world(snapshot::World::closed);
  return std::move(builder).finish();
}

}  // namespace kastell::admission
