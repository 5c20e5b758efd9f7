#include "snapshot/index.h"

#include <bit>
#include <functional>
#include <utility>

#include "kube/api_resource.h"
#include "snapshot/snapshot.h"

namespace kastell::snapshot {

namespace {

std::size_t combine(std::size_t seed, std::string_view text) {
  return std::rotl(seed * 0x9E3779B97F4A7C15ULL, 23) ^ std::hash<std::string_view>{}(text);
}

struct Identity {
  std::string_view group, kind, name_space, name;
  bool operator==(const Identity&) const = default;

  std::size_t hash() const { return combine(combine(combine(combine(0, name), name_space), kind), group); }
};

Identity identity(std::string_view group, std::string_view kind, std::string_view name_space, std::string_view name) {
  if (is_cluster_scoped(group, kind)) return {group, kind, {}, name};
  return {group, kind, name_space.empty() ? "default" : name_space, name};
}

Identity identity_of(const Object& object) {
  return identity(object.group(), object.kind, object.name_space, object.name);
}

}  // namespace

bool is_cluster_scoped(std::string_view group, std::string_view kind) {
  const kube::ApiResource* resource = kube::find_resource(group, kind);
  return resource != nullptr && !resource->namespaced;
}

std::size_t KindIndex::Hash::operator()(const Key& key) const {
  return combine(combine(0, key.group), key.kind);
}

void KindIndex::add(ObjectId id, std::string_view group, std::string_view kind) {
  ids_[{group, kind}].push_back(id);
}

std::span<const ObjectId> KindIndex::find(std::string_view group, std::string_view kind) const {
  const auto found = ids_.find({group, kind});
  return found == ids_.end() ? std::span<const ObjectId>{} : std::span<const ObjectId>(found->second);
}

void IdentityIndex::build(std::span<const Object> objects) {
  slots_.assign(std::bit_ceil(2 * objects.size() + 1), 0);
  const std::size_t mask = slots_.size() - 1;
  for (ObjectId id = 0; id < objects.size(); ++id) {
    const Identity wanted = identity_of(objects[id]);
    std::size_t at = wanted.hash() & mask;
    while (slots_[at] != 0 && identity_of(objects[slots_[at] - 1]) != wanted) at = (at + 1) & mask;
    if (slots_[at] == 0) slots_[at] = id + 1;
  }
}

std::optional<ObjectId> IdentityIndex::find(std::span<const Object> objects, std::string_view group,
                                            std::string_view kind, std::string_view name_space,
                                            std::string_view name) const {
  if (slots_.empty()) return std::nullopt;
  const Identity wanted = identity(group, kind, name_space, name);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = wanted.hash() & mask; slots_[at] != 0; at = (at + 1) & mask) {
    if (identity_of(objects[slots_[at] - 1]) == wanted) return slots_[at] - 1;
  }
  return std::nullopt;
}

}  // namespace kastell::snapshot
