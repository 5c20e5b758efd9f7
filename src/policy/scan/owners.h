// Owners: a Deployment, its ReplicaSets and their Pods say the same thing three times over.
#pragma once

#include "base/arena.h"
#include "snapshot/snapshot.h"

namespace kastell::policy {

// Whether the pods of `object` are judged where its owner is: its controller (metadata.ownerReferences) is in the
// snapshot, carries a pod template, and the object is as that template says (kube/pod_template.h). A ReplicaSet that is
// kept without replicas for its history is, too. What differs from its owner is judged by itself.
bool is_judged_by_owner(const snapshot::Snapshot& snapshot, const snapshot::Object& object, Arena& arena);

}  // namespace kastell::policy
