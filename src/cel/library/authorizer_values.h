// The values behind `authorizer`: a query that grows by each builder call, and the decision.
#pragma once

#include <string_view>

#include "cel/value.h"

namespace kastell::cel {

extern const OpaqueKind authorizer_kind, path_check_kind, group_check_kind, resource_check_kind, decision_kind;

// Authorizer, PathCheck, GroupCheck and ResourceCheck differ in their kind only.
struct QueryValue : OpaqueValue {
  std::string_view user;  // empty: the request's own
  std::string_view path, group, resource, subresource, name_space, name, field_selector, label_selector;
};

struct DecisionValue : OpaqueValue {
  bool allowed;
  std::string_view reason, error;
};

}  // namespace kastell::cel
