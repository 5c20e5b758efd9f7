// Finding one's way in the table of types.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/symbol.h"
#include "document/node.h"
#include "kube/merge/schema_table.h"

namespace kastell::kube::merge {

const TypeRow& row_of(std::uint16_t type);

// The type of a member of a structure or a map; nothing if it is not declared.
std::optional<std::uint16_t> member_type(const TypeRow& row, std::string_view name);
// The same, but only if a structure declares it by name.
const FieldRow* find_field(const TypeRow& row, std::string_view name);

// Which of the forms that a type may have a value has: `any` becomes map, list or scalar.
TypeRow row_for(std::uint16_t type, const document::Node& value);

// What an item of a list is found by: [name="web"], [="value"]. An error in the API server's words otherwise.
struct ItemKey {
  std::string text;
  std::string error = {};
};
ItemKey key_of(const TypeRow& list, const document::Node& item, const SymbolTable& symbols);

// A value as Go's %v prints it: map[a:1 b:[2 3]].
std::string go_text(const document::Node& value, const SymbolTable& symbols);

}  // namespace kastell::kube::merge
