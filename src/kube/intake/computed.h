// Defaults that depend on more than one field, by the names that policies/tables/defaults.txt calls them ("@port").
#pragma once

#include <string_view>

#include "document/structure.h"

namespace kastell::kube::intake {

using document::Structure;

// Of a field of the structure. The functions look for themselves whether there is something to be given.
void compute_default(std::string_view function, Symbol field, Structure& structure);

}  // namespace kastell::kube::intake
