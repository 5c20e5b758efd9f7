// The words of structural schemas that concern values, as symbols.
#pragma once

#include "base/symbol.h"

namespace kastell::custom {

struct Keywords {
  explicit Keywords(SymbolTable& symbols);

  Symbol type, format, pattern, enumeration, required, properties, additional_properties, items, standard, nullable;
  Symbol minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of;
  Symbol min_length, max_length, min_items, max_items, min_properties, max_properties, unique_items;
  Symbol all_of, any_of, one_of, not_;
  Symbol list_type, list_map_keys, int_or_string, embedded_resource, keeps_unknown_fields, api_version;
};

}  // namespace kastell::custom
