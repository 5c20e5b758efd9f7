#include "policy/world.h"

#include "document/write.h"

namespace kastell::policy::testing {

namespace {

snapshot::SnapshotBuilder builder_of(const std::string& text, const std::shared_ptr<SymbolTable>& symbols,
                                     bool closed) {
  snapshot::SnapshotBuilder builder(symbols);
  builder.add(document::parse(std::make_shared<document::Source>("objects", text), *symbols));
  builder.set_world(closed ? snapshot::World::closed : snapshot::World::open);
  return builder;
}

}  // namespace

snapshot::Snapshot read_world(const std::string& text, const std::shared_ptr<SymbolTable>& symbols, bool closed) {
  return builder_of(text, symbols, closed).finish();
}

snapshot::Snapshot read_cluster(const std::string& text, const std::shared_ptr<SymbolTable>& symbols,
                                const std::string& server_version) {
  auto builder = builder_of(text, symbols, true);
  builder.set_fact("server.version", server_version);
  return std::move(builder).finish();
}

snapshot::Snapshot make_world(const document::Node& list, const std::shared_ptr<SymbolTable>& symbols, bool closed) {
  std::string text;
  for (const document::Node& object : list.as_list()) {
    document::append_json(text, object, *symbols);
    text += '\n';
  }
  return read_world(text, symbols, closed);
}

}  // namespace kastell::policy::testing
