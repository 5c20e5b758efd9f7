#include "kube/namespace_label.h"

namespace kastell::kube {

using document::Node;

Node with_name_label(const Node& name_space, Arena& arena, SymbolTable& symbols) {
  const Node* metadata = name_space.is_object() ? name_space.find(symbols::metadata) : nullptr;
  const Node* name = metadata != nullptr && metadata->is_object() ? metadata->find(symbols::name) : nullptr;
  if (name == nullptr || name->as_string().empty()) return name_space;
  const Symbol labels_key = symbols.intern("labels");
  const Node* labels = metadata->find(labels_key);
  if (labels != nullptr && !labels->is_object() && !labels->is_null()) return name_space;
  const Node none = document::make_object(arena, {}, false);
  const Node& given = labels == nullptr || labels->is_null() ? none : *labels;
  const Node labelled = document::with_member(given, symbols.intern(name_label), *name, arena);
  return document::with_member(name_space, symbols::metadata,
                               document::with_member(*metadata, labels_key, labelled, arena), arena);
}

}  // namespace kastell::kube
