#include "custom/values/keywords.h"

namespace kastell::custom {

Keywords::Keywords(SymbolTable& symbols)
    : type(symbols.intern("type")),
      format(symbols.intern("format")),
      pattern(symbols.intern("pattern")),
      enumeration(symbols.intern("enum")),
      required(symbols.intern("required")),
      properties(symbols.intern("properties")),
      additional_properties(symbols.intern("additionalProperties")),
      items(symbols.intern("items")),
      standard(symbols.intern("default")),
      nullable(symbols.intern("nullable")),
      minimum(symbols.intern("minimum")),
      maximum(symbols.intern("maximum")),
      exclusive_minimum(symbols.intern("exclusiveMinimum")),
      exclusive_maximum(symbols.intern("exclusiveMaximum")),
      multiple_of(symbols.intern("multipleOf")),
      min_length(symbols.intern("minLength")),
      max_length(symbols.intern("maxLength")),
      min_items(symbols.intern("minItems")),
      max_items(symbols.intern("maxItems")),
      min_properties(symbols.intern("minProperties")),
      max_properties(symbols.intern("maxProperties")),
      unique_items(symbols.intern("uniqueItems")),
      all_of(symbols.intern("allOf")),
      any_of(symbols.intern("anyOf")),
      one_of(symbols.intern("oneOf")),
      not_(symbols.intern("not")),
      list_type(symbols.intern("x-kubernetes-list-type")),
      list_map_keys(symbols.intern("x-kubernetes-list-map-keys")),
      int_or_string(symbols.intern("x-kubernetes-int-or-string")),
      embedded_resource(symbols.intern("x-kubernetes-embedded-resource")),
      keeps_unknown_fields(symbols.intern("x-kubernetes-preserve-unknown-fields")),
      api_version(symbols.intern("apiVersion")) {}

}  // namespace kastell::custom
