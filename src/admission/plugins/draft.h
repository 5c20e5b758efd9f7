// An object while plug-ins change it.
#pragma once

#include "document/structure.h"

namespace kastell::admission {

class Draft {
 public:
  Draft(const document::Node& object, SymbolTable& symbols, Arena& arena)
      : metadata(part(object, symbols::metadata, symbols, arena)),
        spec(part(object, symbols::spec, symbols, arena)),
        object_(object, symbols, arena) {}

  document::Structure metadata, spec;

  SymbolTable& symbols() const { return object_.symbols(); }
  Arena& arena() const { return object_.arena(); }

  // Null if there is none, or no such member.
  const document::Node* annotation(std::string_view name) const {
    const document::Node* annotations = metadata.find(symbols::annotations);
    return annotations == nullptr ? nullptr : annotations->find(symbols().intern(name));
  }

  // Of a map of texts in metadata.
  void set_in(std::string_view map, std::string_view name, std::string_view text) {
    const document::Node* known = metadata.find(map);
    const document::Node members = known == nullptr ? document::Node::make_empty_object() : *known;
    metadata.set(map, with_member(members, symbols().intern(name), document::Node::make_string(text), arena()));
  }

  // The object as it is now.
  document::Node node() {
    object_.set(symbols::metadata, metadata.node());
    if (!spec.members().empty() || object_.find(symbols::spec) != nullptr) object_.set(symbols::spec, spec.node());
    return object_.node();
  }

 private:
  static document::Structure part(const document::Node& object, Symbol name, SymbolTable& symbols, Arena& arena) {
    const document::Node* found = object.find(name);
    return {found == nullptr ? document::Node{} : *found, symbols, arena};
  }

  document::Structure object_;
};

// The items of a list, none if there is no such list.
inline std::span<const document::Node> items_of(const document::Structure& structure, Symbol list) {
  const document::Node* found = structure.find(list);
  return found == nullptr ? std::span<const document::Node>{} : found->as_list();
}

inline void append_item(document::Structure& structure, Symbol list, const document::Node& item) {
  const auto before = items_of(structure, list);
  std::vector<document::Node> items(before.begin(), before.end());
  items.push_back(item);
  structure.set(list, make_list(structure.arena(), items));
}

// The text of a member, empty if there is none.
inline std::string_view text_of(const document::Node& object, Symbol name) {
  const document::Node* found = object.find(name);
  return found == nullptr ? std::string_view{} : found->as_string();
}

// object.outer.inner, or null.
inline const document::Node* find_below(const document::Node& object, Symbol outer, Symbol inner) {
  const document::Node* found = object.find(outer);
  return found == nullptr ? nullptr : found->find(inner);
}

}  // namespace kastell::admission
