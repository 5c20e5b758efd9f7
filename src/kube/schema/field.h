// A row of the schema tables: a field of an object type, and what it holds.
#pragma once

#include "kube/schema/schema.h"

namespace kastell::kube {

struct Field {
  Schema owner;
  Symbol name;
  Schema schema;
  bool is_list = false;
};

inline constexpr bool list_of = true;

}  // namespace kastell::kube
