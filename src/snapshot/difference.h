// The difference between two snapshots: which objects came, went and changed, and in which fields.
//
// Objects are told apart by group, kind, namespace and name; of several with one identity the first is compared. What a
// server keeps about an object, and nobody wrote, does not count: `status`, and of `metadata` managedFields,
// resourceVersion, generation, uid and creationTimestamp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "snapshot/snapshot.h"

namespace kastell::snapshot {

enum class Change : std::uint8_t { added, removed, changed };
std::string_view name_of(Change change);

struct FieldChange {
  Change change;
  std::string path;  // as it is afterwards; of what was removed, as it was
};

struct ObjectChange {
  Change change;
  const Object* object;                  // afterwards; of what was removed, as it was
  std::vector<FieldChange> fields = {};  // of a changed one, in document order; at most `most_fields`
  std::size_t more_fields = 0;
};

inline constexpr std::size_t most_fields = 1000;

// By kind, group, namespace and name. Both snapshots must have the same symbols. Items of lists are matched by their
// `name` where all have one, else by number.
std::vector<ObjectChange> changes_between(const Snapshot& before, const Snapshot& after);

}  // namespace kastell::snapshot
