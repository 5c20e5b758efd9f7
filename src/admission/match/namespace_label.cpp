#include "admission/match/namespace_label.h"

#include <vector>

namespace kastell::admission {

using document::Member;
using document::Node;

Node with_member(const Node& object, Symbol key, const Node& value, Arena& arena) {
  std::vector<Member> members;
  bool replaced = false;
  for (std::size_t i = 0; i < object.size; ++i) {
    const bool is_it = object.member_keys()[i] == key;
    members.push_back({object.member_keys()[i], is_it ? value : object.member_values()[i]});
    replaced = replaced || is_it;
  }
  if (!replaced) members.push_back({key, value});
  return document::make_object(arena, members, false);
}

Node with_name_label(const Node& name_space, Arena& arena, SymbolTable& symbols) {
  const Node* metadata = name_space.is_object() ? name_space.find(symbols::metadata) : nullptr;
  const Node* name = metadata != nullptr && metadata->is_object() ? metadata->find(symbols::name) : nullptr;
  if (name == nullptr || name->as_string().empty()) return name_space;
  const Symbol labels_key = symbols.intern("labels");
  const Node* labels = metadata->find(labels_key);
  if (labels != nullptr && !labels->is_object() && !labels->is_null()) return name_space;
  const Node none = document::make_object(arena, {}, false);
  const Node& given = labels == nullptr || labels->is_null() ? none : *labels;
  const Node labelled = with_member(given, symbols.intern(name_label), *name, arena);
  return with_member(name_space, symbols::metadata, with_member(*metadata, labels_key, labelled, arena), arena);
}

}  // namespace kastell::admission
