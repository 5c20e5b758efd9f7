// The fields that Kubernetes' kinds have and of what types they are, for tools that check texts about them. Those of
// the newest Kubernetes that Kastell knows.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "kube/structured_merge.h"

namespace kastell::kube {

enum class FieldShape : std::uint8_t { any, text, integer, number, boolean, quantity, structure, map, list };

FieldShape shape_of(MergeType type);
// Of the values of a map, the items of a list.
MergeType element_of(MergeType type);

struct DeclaredField {
  std::string_view name;
  MergeType type;
};
// Of a structure, by name.
std::vector<DeclaredField> fields_of(MergeType type);

struct DeclaredKind {
  std::string_view group, version, kind;
  MergeType type;
};
// By group, version and kind.
std::vector<DeclaredKind> declared_kinds();

}  // namespace kastell::kube
