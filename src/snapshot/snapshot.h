// Snapshot: the facts of one moment, from whatever source they came.
//
// Objects (with where they were written), derived facts, and coverage: what could not be seen. Built by
// collectors through SnapshotBuilder, immutable afterwards and then safe to read from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/symbol.h"
#include "document/document.h"
#include "document/path.h"
#include "snapshot/index.h"
#include "snapshot/provenance.h"

namespace kastell::snapshot {

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
  bool had_nulls = false;       // members that were null are not in `root`; of a saved file's objects: may have been

  std::string_view group() const;  // "apps"; empty for the core group
  std::string_view effective_namespace() const { return name_space.empty() ? "default" : name_space; }
};

enum class CoverageStatus : std::uint8_t {
  read,        // all of it was seen
  partial,     // some of it could not be read
  unreadable,  // none of it
  skipped,     // not Kubernetes, or excluded by the user: says why
  absent,      // an API that the cluster does not have: there is nothing to see
};
inline constexpr std::size_t coverage_statuses = 5;
struct Coverage {
  std::string input;  // file, API resource, feed…
  CoverageStatus status = CoverageStatus::read;
  std::string reason;  // empty for `read`
  Place place = {};    // where in the input, if known
};

// Whether the input was not read, or not all of it: what is not in the snapshot may have been there.
inline bool is_unread(const Coverage& entry) {
  return entry.status == CoverageStatus::partial || entry.status == CoverageStatus::unreadable;
}

// The stable spelling of a status, as reports print it: "read", "partial", …
std::string_view name_of(CoverageStatus status);

// What was seen beside objects: {"server.version", "v1.37.2"}, {"server.platform", "eks"}…
struct Fact {
  std::string name, value;
};

// Whether absence of an object means that it does not exist.
enum class World : std::uint8_t { open, closed };

class Snapshot {
 public:
  std::span<const Object> objects() const { return objects_; }
  const Object& object(ObjectId id) const { return objects_[id]; }
  const document::Source& source_of(const Object& object) const { return *sources_[object.document]; }
  // Whether it was read from a cluster or a saved file, and not from a text that somebody wrote.
  bool was_collected(const Object& object) const { return source_of(object).text().empty(); }
  std::span<const std::shared_ptr<const document::Source>> sources() const { return sources_; }
  // Of an object in a source that was rendered; else null.
  const Provenance* provenance_of(const Object& object) const {
    const auto at = provenances_.find(object.document);
    return at == provenances_.end() ? nullptr : at->second.get();
  }
  std::span<const Coverage> coverage() const { return coverage_; }
  // True unless an input is partial or unreadable.
  bool is_complete() const { return complete_; }
  World world() const { return world_; }
  std::span<const Fact> facts() const { return facts_; }  // by name
  const std::string* find_fact(std::string_view name) const;
  const SymbolTable& symbols() const { return *symbols_; }
  std::shared_ptr<SymbolTable> shared_symbols() const { return symbols_; }

  // Ids of all objects of a group and kind, in input order.
  std::span<const ObjectId> of_kind(std::string_view group, std::string_view kind) const;
  // The object of that identity, if it is here; of several with the same identity the first (objects() has all).
  // An absent namespace is `default`; for cluster-scoped kinds the namespace does not count: pass "".
  std::optional<ObjectId> find(std::string_view group, std::string_view kind, std::string_view name_space,
                               std::string_view name) const;

  // Where `path` in `object` is: file, line, column (of the key, or of the nearest parent).
  Place place_of(const Object& object, std::span<const document::Step> path) const;

 private:
  friend class SnapshotBuilder;
  std::shared_ptr<SymbolTable> symbols_;
  std::vector<std::shared_ptr<const document::Source>> sources_;            // by document
  std::map<std::uint32_t, std::shared_ptr<const Provenance>> provenances_;  // by document
  std::vector<std::shared_ptr<const void>> keep_alive_;                     // what nodes and texts point into
  std::vector<Object> objects_;
  std::vector<Coverage> coverage_;
  std::vector<Fact> facts_;
  bool complete_ = true;
  World world_ = World::open;
  KindIndex by_kind_;
  IdentityIndex by_identity_;
};

class SnapshotBuilder {
 public:
  explicit SnapshotBuilder(std::shared_ptr<SymbolTable> symbols);

  // Takes every object of a stream: documents that are objects, `List` kinds (also List in List, depth
  // bounded) item by item, and plain collections: a list of objects, or a map whose values are objects.
  // An item of a typed list (PodList) that leaves out apiVersion or kind inherits them from the list.
  // Every source ends in coverage: `read` when all of it was seen; otherwise an entry per trouble, with its
  // place. What is not a Kubernetes object is `skipped` with the reason (said once for a source without any
  // object); what has only one of apiVersion and kind is `partial`, for it was meant to be one; the
  // stream's errors are `partial`, or `unreadable` when nothing of the source could be read.
  void add(document::DocumentStream stream);
  // The same, of a source that was rendered.
  void add(document::DocumentStream stream, std::shared_ptr<const Provenance> provenance);
  // Objects that were read before, of one source: `prefix`, `offset` and the texts are set, `document` is not.
  void add(std::shared_ptr<const document::Source> source, std::vector<Object> objects);
  // All of another snapshot with the same symbols, but for its world. A fact that is known already stays as it is.
  void add(Snapshot other);
  void add_coverage(Coverage coverage);
  void set_world(World world);
  void set_fact(std::string name, std::string value);
  // For as long as the snapshot lives.
  void keep_alive(std::shared_ptr<const void> memory);

  Snapshot finish() &&;

  // Lists within lists deeper than this are not followed, and coverage says so.
  static constexpr unsigned deepest_list = 8;

 private:
  void add_object(Object object);

  Snapshot snapshot_;
};

// Fills in an object's texts (api_version, kind, name_space, name) from its root.
void name_object(Object& object);

}  // namespace kastell::snapshot
