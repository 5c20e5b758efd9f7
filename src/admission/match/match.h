// Whether a policy's or a binding's MatchResources select a request (apiserver policy/matching, webhook/predicates).
#pragma once

#include <string>

#include "admission/policy.h"
#include "admission/request.h"
#include "admission/world.h"

namespace kastell::admission {

struct Match {
  bool matches = false;
  // What matched: the request's own, or an equivalent one. The object is shown to expressions in that version.
  GroupVersionResource resource = {};
  GroupVersionKind kind = {};
  // Why it cannot be said, in the API server's words; empty: it can.
  std::string error = {};
};

// The same text for all that read the same.
std::string text_of(const MatchResources& resources, const SymbolTable& symbols);

Match match_request(const MatchResources& resources, const Request& request, const World& world);

}  // namespace kastell::admission
