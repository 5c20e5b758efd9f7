// Indexes of a snapshot: object numbers by kind and by identity. They hold views into the objects'
// documents, no texts of their own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kastell::snapshot {

using ObjectId = std::uint32_t;
struct Object;

class KindIndex {
 public:
  void add(ObjectId id, std::string_view group, std::string_view kind);
  std::span<const ObjectId> find(std::string_view group, std::string_view kind) const;

 private:
  struct Key {
    std::string_view group, kind;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const;
  };
  std::unordered_map<Key, std::vector<ObjectId>, Hash> ids_;
};

// An open-addressing table of object numbers; the objects themselves are the keys.
class IdentityIndex {
 public:
  void build(std::span<const Object> objects);
  std::optional<ObjectId> find(std::span<const Object> objects, std::string_view group, std::string_view kind,
                               std::string_view name_space, std::string_view name) const;

 private:
  std::vector<ObjectId> slots_;  // number + 1; 0 is free; the size is a power of two
};

// Whether objects of the kind have no namespace (kube/api_resource.h; an unknown custom resource counts as namespaced).
bool is_cluster_scoped(std::string_view group, std::string_view kind);

}  // namespace kastell::snapshot
