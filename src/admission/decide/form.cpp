#include "admission/decide/form.h"

#include "document/structure.h"

namespace kastell::admission {

using document::Node;

Result<Node> ObjectForms::of(const Node& object, kube::ApiType type, ObjectForm form, Arena& arena) {
  if (type.number == kube::ApiType::custom_number || type.number == kube::ApiType::defined_number) {
    return custom(object, type, form, arena);
  }
  return form == ObjectForm::typed ? intake_.typed_form(object, type, arena) : intake_.take(object, type, arena);
}

Node ObjectForms::created(const Node& object, kube::ApiType type, const Request& request, bool has_status,
                          Arena& arena) {
  if (type.number != kube::ApiType::custom_number && type.number != kube::ApiType::defined_number) {
    return intake_.created(object, type, request.kind.group, request.kind.kind, request.now, arena);
  }
  document::Structure changed(object, symbols_, arena);
  document::Structure metadata = changed.below("metadata");
  metadata.set("generation", Node::make_integer(1));
  changed.set("metadata", metadata.node());
  if (has_status) changed.remove("status");
  return changed.node();
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
