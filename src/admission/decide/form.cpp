#include "admission/decide/form.h"

namespace kastell::admission {

using document::Node;

Result<Node> ObjectForms::of(const Node& object, kube::ApiType type, ObjectForm form, Arena& arena) {
  if (type.number == kube::ApiType::custom_number || type.number == kube::ApiType::defined_number) {
    return custom(object, type, form, arena);
  }
  return form == ObjectForm::typed ? intake_.typed_form(object, type, arena) : intake_.take(object, type, arena);
}

Result<Node> ObjectForms::custom(const Node& object, kube::ApiType type, ObjectForm form, Arena& arena) {
  const Node* metadata = object.find(symbols::metadata);
  const auto of_metadata = kube::find_field(type, "metadata");
  Node known = object;
  if (metadata != nullptr && metadata->is_object() && of_metadata) {
    const auto held = intake_.typed_form(*metadata, *of_metadata, arena);
    if (!held) return failure(held.error().code, "metadata." + held.error().message);
    known = document::with_member(object, symbols::metadata, *held, arena);
  }
  return form == ObjectForm::typed || type.schema == nullptr ? known : custom_.take(known, *type.schema, arena);
}

}  // namespace kastell::admission
