// Exceptions in exported policies.
//
// As in a scan an exception turns a failure into an acceptance and nothing else: an expression that fails to evaluate
// still denies. It is a condition beside the validation,
//
//   (size(variables.failing) == 0) ? true : variables.accepted
//
// or, of an exception that names a container, a filter over the containers that fail.
//
// Expressions have no clock. But the API server writes metadata.creationTimestamp before it validates what is created,
// and the time of a change into metadata.managedFields before it validates an update: the newest of these is today. An
// object without any (an update that throws managedFields away) is of a day after every exception.
//
// A pod that a controller makes is accepted with the template it is made of, as in a scan of a cluster: what a
// controller of Kubernetes creates counts as its owner too, and as what made that. Nobody else is believed about
// owners, unless an update leaves the spec as it is.
#pragma once

#include <string>
#include <vector>

#include "policy/export.h"

namespace kastell::policy {

class AcceptanceExport {
 public:
  explicit AcceptanceExport(const ExportOptions& options);

  // Puts into a policy, whose variables but those of its validations are still to come, what accepts.
  void add_to(ExportedPolicy& policy);

  std::vector<ExportedException> finish() &&;

 private:
  class Conditions;
  struct One {
    const Exception* exception;
    std::size_t policies = 0;
    std::string idle = "none of its controls is exported";  // why it accepts nothing, if it accepts nothing
    std::string refused = {};                               // what no policy can say of it
    bool is_over = false;
  };
  static void add(One& one, ExportedPolicy& policy, Conditions& conditions);

  std::vector<One> all_;
};

// The variables that conditions of exceptions read, in an order in which each knows those before it. `asked`: what the
// policy is asked of.
std::vector<PolicyVariable> variables_of_exceptions(const std::vector<PolicyResources>& asked);

}  // namespace kastell::policy
