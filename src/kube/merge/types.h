// How the types of the tables of schemas merge, each as one version of Kubernetes has it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/symbol.h"
#include "document/node.h"
#include "kube/api_schema/tables.h"
#include "kube/api_type.h"

namespace kastell::kube::merge {

using api_schema::Fallback;

enum class Shape : std::uint8_t {
  any,     // whatever is there: maps merge, lists are replaced
  opaque,  // whatever is there, as a whole
  text,
  number,  // the API server's merge does not tell integers apart
  boolean,
  scalar,     // any of the three: quantities
  structure,  // declared fields
  map,        // any keys, values of one type
  list,
};

struct TypeRow {
  Shape shape = Shape::any;
  ApiType type = {};                               // structure
  bool atomic = false;                             // replaced as a whole
  ApiType element = {};                            // map, list
  std::span<const api_schema::ListKey> keys = {};  // list; none: a set of scalars
  const document::Node* key_names = nullptr;       // the same of a custom resource's list; null: none

  bool has_keys() const { return !keys.empty() || key_names != nullptr; }
};

TypeRow row_of(ApiType type);

// The type of a member of a structure or a map; nothing if it is not declared.
std::optional<ApiType> member_type(const TypeRow& row, std::string_view name);
// The same, but only if a structure declares it by name.
std::optional<ApiType> declared_type(const TypeRow& row, std::string_view name);

// Which of the forms that a type may have a value has: `any` becomes map, list or scalar.
TypeRow row_for(ApiType type, const document::Node& value);

// What an item of a list is found by: [name="web"], [="value"]. An error in the API server's words otherwise.
struct ItemKey {
  std::string text;
  std::string error = {};
};
ItemKey key_of(const TypeRow& list, const document::Node& item, const SymbolTable& symbols);

// A value as Go's %v prints it: map[a:1 b:[2 3]].
std::string go_text(const document::Node& value, const SymbolTable& symbols);

}  // namespace kastell::kube::merge
