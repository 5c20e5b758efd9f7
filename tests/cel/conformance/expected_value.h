// What a conformance case binds and expects, as values and as type notation.
#pragma once

#include <optional>
#include <string>

#include "base/arena.h"
#include "base/symbol.h"
#include "cel/conformance/textproto.h"
#include "cel/value.h"

namespace kastell::cel::conformance {

// A cel.expr.Value. Nothing for what needs protobuf descriptors: messages but the well-known ones, enums.
std::optional<Value> read_value(Arena& arena, const Field& value);

// A cel.expr.Type in the notation of cel/type.h; nothing for wrappers and messages.
std::optional<std::string> read_type(const Field& type);

// As the suite compares: the same kinds throughout, NaN equals NaN, maps in any order.
bool is_same_value(const Value& a, const Value& b, const SymbolTable& symbols);

// For messages about failures.
std::string show(const Value& value, const SymbolTable& symbols);

}  // namespace kastell::cel::conformance
