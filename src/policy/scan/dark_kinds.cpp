#include "policy/scan/dark_kinds.h"

#include <algorithm>

#include "kube/api_resource.h"
#include "policy/catalog/joins.h"
#include "policy/scan/unread_kinds.h"

namespace kastell::policy {

using snapshot::Coverage;

namespace {

std::string resource_name(std::string_view group, std::string_view kind) {
  const kube::ApiResource* known = kube::find_resource(group, kind);
  return kube::full_name(known == nullptr ? kube::guess_resource(kind) : std::string(known->resource), group);
}

// The part before the group: a resource of an API group that Kubernetes itself serves, or of the core group.
bool is_built_in(std::string_view resource) {
  return std::ranges::any_of(kube::built_in_resources(), [resource](const kube::ApiResource& known) {
    return kube::full_name(std::string(known.resource), known.group) == resource;
  });
}

}  // namespace

DarkKinds::DarkKinds(const snapshot::Snapshot& snapshot) {
  const bool by_kind = snapshot.find_fact("server.version") != nullptr;
  for (const Coverage& entry : snapshot.coverage()) {
    if (!is_unread(entry)) continue;
    if (!by_kind || entry.input.contains('/') || entry.input.contains(' ')) all_ = true;
    if (!is_built_in(entry.input)) custom_ = true;
    resources_.insert(entry.input);
  }
}

bool DarkKinds::has(std::string_view group, std::string_view kind) const {
  if (resources_.empty()) return false;
  return all_ || resources_.contains(resource_name(group, kind));
}

bool DarkKinds::are_joined_by(const Rule& rule) const {
  if (resources_.empty()) return false;
  if (all_) return true;
  bool joins_any = false;
  for (const Join& join : all_joins()) {
    if (!reads(rule, join)) continue;
    joins_any = true;
    if (has(join.group, join.kind) || (custom_ && join.kind == "Pod")) return true;
  }
  for (const UnreadKind& unread : unread_kinds) {
    if (rule.absent_kind == unread.stands_for && has(unread.group, unread.kind)) return true;
  }
  return !joins_any;
}

}  // namespace kastell::policy
