// Facts about credentials (kube/credential_forms.h, kube/credential_names.h): in ConfigMaps; those of pods are members
// of ObjectFacts. Pure.
#pragma once

#include <vector>

#include "base/symbol.h"
#include "document/node.h"

namespace kastell::policy {

struct ConfigMapCredentials {
  std::vector<document::Node> keys;   // of texts that hold one, and of bytes under such a name
  std::vector<document::Node> names;  // of texts that are one by the key
};
ConfigMapCredentials credentials_in(const document::Node& config_map, const SymbolTable& symbols);

}  // namespace kastell::policy
