#include "kube/object_schema.h"

#include "kube/merge/types.h"

namespace kastell::kube {

FieldShape shape_of(MergeType type) {
  using merge::Shape;
  switch (merge::row_of(type).shape) {
    case Shape::any:
    case Shape::opaque: return FieldShape::any;
    case Shape::text: return FieldShape::text;
    case Shape::number: return FieldShape::number;
    case Shape::integer: return FieldShape::integer;
    case Shape::boolean: return FieldShape::boolean;
    case Shape::scalar: return FieldShape::quantity;
    case Shape::structure: return FieldShape::structure;
    case Shape::map: return FieldShape::map;
    case Shape::list: return FieldShape::list;
  }
  return FieldShape::any;
}

MergeType element_of(MergeType type) {
  return merge::row_of(type).element;
}

std::vector<DeclaredField> fields_of(MergeType type) {
  const merge::TypeRow& row = merge::row_of(type);
  std::vector<DeclaredField> fields;
  for (const merge::FieldRow& field : merge::field_table.subspan(row.first_field, row.fields)) {
    fields.push_back({field.name, field.type});
  }
  return fields;
}

std::vector<DeclaredKind> declared_kinds() {
  std::vector<DeclaredKind> kinds;
  for (const merge::KindRow& row : merge::kind_table) kinds.push_back({row.group, row.version, row.kind, row.type});
  return kinds;
}

}  // namespace kastell::kube
