// Whether an object's fields have the types that Kubernetes declares for them.
//
// The API server refuses a NetworkPolicy whose `spec.ingress` is a text; to a control that reads `.?ingress` it would
// look like a policy without rules. So what is judged, or joined with something that is judged, is checked first.
//
//   for (const TypeProblem& problem : find_type_problems(object, group, kind, arena)) …
//
// The tables (src/kube/schema/) hold the fields that controls read. Of a kind that is not in them only the metadata is
// checked. Pod templates are checked with their view (pod_view.h).
#pragma once

#include <span>
#include <string_view>

#include "base/arena.h"
#include "kube/pod_view.h"

namespace kastell::kube {

struct TypeProblem {
  PathView path;             // in the object
  std::string_view message;  // "expected a list, found a string"
};

// In the order of the document. They live in `arena`; of a flawless object nothing is allocated.
std::span<const TypeProblem> find_type_problems(const document::Node& object, std::string_view group,
                                                std::string_view kind, Arena& arena);

// Whether more than the metadata of this kind is checked.
bool has_declared_types(std::string_view group, std::string_view kind);

}  // namespace kastell::kube
