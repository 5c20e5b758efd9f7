// Requests for objects that come without one: manifests, objects of a snapshot.
#pragma once

#include <string>
#include <vector>

#include "admission/request.h"
#include "admission/world.h"

namespace kastell::admission {

// Who asks, and for what.
struct Asker {
  std::string user;
  std::vector<std::string> groups;
  bool dry_run = false;
  std::string now = {};  // Request::now
};

// The request of an API client that creates the object, updates `old` to it, or deletes it (operation DELETE: the
// object is then the old one). Texts lie in `arena` and in the objects.
Request request_for(const snapshot::Object& object, std::string_view operation, const snapshot::Object* old,
                    const Asker& asker, const World& world, Arena& arena, SymbolTable& symbols);

// An AdmissionReview among the objects is a request itself.
bool is_review(const snapshot::Object& object);

}  // namespace kastell::admission
