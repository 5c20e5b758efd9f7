// Kinds of which not all objects were seen: that one of them is absent decides nothing.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "policy/control.h"
#include "snapshot/snapshot.h"

namespace kastell::policy {

class DarkKinds {
 public:
  // What a cluster's API server did not show is dark by kind. A file that could not be read may have held anything.
  explicit DarkKinds(const snapshot::Snapshot& snapshot);

  bool has(std::string_view group, std::string_view kind) const;
  // Whether the rule joins a dark kind with what it judges. A rule whose text tells no kind rests on all.
  bool are_joined_by(const Rule& rule) const;

 private:
  std::set<std::string, std::less<>> resources_;  // as kubectl names them: deployments.apps
  bool all_ = false;
  bool custom_ = false;  // some of them are custom resources, which may carry pods
};

}  // namespace kastell::policy
