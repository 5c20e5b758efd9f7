// Members as Kubernetes reads them: null is absent.
#pragma once

#include "document/node.h"

namespace kastell::kube {

inline const document::Node* member(const document::Node& object, Symbol key) {
  const document::Node* value = object.find(key);
  return value == nullptr || value->is_null() ? nullptr : value;
}
inline const document::Node* member(const document::Node* object, Symbol key) {
  return object == nullptr ? nullptr : member(*object, key);
}

}  // namespace kastell::kube
