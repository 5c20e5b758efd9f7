// What rules ask that Kastell cannot answer as an API server does.
#pragma once

#include <string_view>

#include "cel/ast.h"
#include "custom/values/keywords.h"
#include "custom/values/sink.h"
#include "document/node.h"

namespace kastell::custom {

// What a schema holds, itself or below.
struct SchemaTraits {
  bool has_own_lists = false;     // of type set or map
  bool has_unseen_parts = false;  // that no expression reaches, but that count where objects are compared
};
SchemaTraits traits_below(const document::Node& schema, const Keywords& words, Steps& steps);

// Why the rule of such a schema cannot be asked; empty if it can.
std::string_view beyond_us(const cel::Ast& rule, SchemaTraits traits);

}  // namespace kastell::custom
