// Snapshot: the facts of one moment, from whatever source they came.
//
// Objects (with where they were written), derived facts, and coverage: what could not be seen. Built by
// collectors through SnapshotBuilder, immutable afterwards and then safe to read from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/symbol.h"
#include "document/document.h"
#include "document/path.h"

namespace kastell::snapshot {

using ObjectId = std::uint32_t;

// One Kubernetes object. The texts are views into the document.
struct Object {
  document::Node root;
  std::string_view api_version;
  std::string_view kind;
  std::string_view name_space;  // as written; empty when absent
  std::string_view name;        // or generateName
  std::uint32_t document = 0;   // number into Snapshot::documents()
  std::uint32_t offset = 0;     // where the object begins in its source
  document::Path prefix;        // of the object within its document: items[3]; empty for a whole document

  std::string_view group() const;  // "apps"; empty for the core group
  std::string_view effective_namespace() const { return name_space.empty() ? "default" : name_space; }
};

enum class CoverageStatus : std::uint8_t {
  read,        // all of it was seen
  partial,     // some of it could not be read
  unreadable,  // none of it
  skipped,     // not Kubernetes, or excluded by the user: says why
};
struct Coverage {
  std::string input;  // file (with line:column where known), API resource, feed…
  CoverageStatus status = CoverageStatus::read;
  std::string reason;  // empty for `read`
  Place place = {};
};

// Whether absence of an object means that it does not exist.
enum class World : std::uint8_t { open, closed };

class Snapshot {
 public:
  std::span<const Object> objects() const { return objects_; }
  const Object& object(ObjectId id) const { return objects_[id]; }
  const document::Source& source_of(const Object& object) const { return *sources_[object.document]; }
  std::span<const Coverage> coverage() const { return coverage_; }
  // True unless an input is partial or unreadable.
  bool is_complete() const { return complete_; }
  World world() const { return world_; }
  const SymbolTable& symbols() const { return *symbols_; }
  std::shared_ptr<SymbolTable> shared_symbols() const { return symbols_; }

  // Ids of all objects of a group and kind, in input order.
  std::span<const ObjectId> of_kind(std::string_view group, std::string_view kind) const;
  // The object of that identity, if it is here. An absent namespace is `default`; cluster-scoped kinds pass "".
  std::optional<ObjectId> find(std::string_view group, std::string_view kind, std::string_view name_space,
                               std::string_view name) const;

  // Where `path` in `object` is: file, line, column (of the key, or of the nearest parent).
  Place place_of(const Object& object, std::span<const document::Step> path) const;

 private:
  friend class SnapshotBuilder;
  std::shared_ptr<SymbolTable> symbols_;
  std::vector<std::shared_ptr<const document::Source>> sources_;  // by document
  std::vector<std::shared_ptr<Arena>> arenas_;
  std::vector<Object> objects_;
  std::vector<Coverage> coverage_;
  bool complete_ = true;
  World world_ = World::open;
  std::unordered_map<std::string, std::vector<ObjectId>> by_kind_;  // "group/Kind"
  std::unordered_map<std::string, ObjectId> by_identity_;           // "group/Kind/namespace/name", first wins
};

class SnapshotBuilder {
 public:
  explicit SnapshotBuilder(std::shared_ptr<SymbolTable> symbols);

  // Takes every object of a stream: documents that are objects, `List` kinds (also List in List, depth
  // bounded) item by item, and plain collections: a list of objects, or a map whose values are objects.
  // What is not a Kubernetes object becomes coverage (skipped, with the reason); the stream's errors
  // become coverage (partial, or unreadable when nothing of the source could be read).
  void add(document::DocumentStream stream);
  void add_coverage(Coverage coverage);
  void set_world(World world);

  Snapshot finish() &&;

 private:
  Snapshot snapshot_;
};

}  // namespace kastell::snapshot
