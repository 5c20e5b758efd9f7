// Structural schemas, as definitions of custom resources write them.
#pragma once

#include "base/symbol.h"

namespace kastell::kube::api_schema {

// The words of structural schemas, as symbols.
struct SchemaWords {
  explicit SchemaWords(SymbolTable& symbols);
  Symbol type, properties, additional_properties, items, required, enumeration, standard, keeps_unknown_fields,
      int_or_string, embedded_resource, nullable, list_type, list_keys, map_type;
};

}  // namespace kastell::kube::api_schema
