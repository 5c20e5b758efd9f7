// What the patches of a MutatingAdmissionPolicy evaluate to, as documents (apiserver pkg/cel/mutation).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/arena.h"
#include "base/result.h"
#include "base/symbol.h"
#include "cel/value.h"

namespace kastell::cel {

// The value as JSON has it: objects are maps, an optional is what is in it, or null; bytes, times and durations are
// texts. An error for what JSON has no form for, and for a map with other keys than texts. `room`: the bytes that
// documents may still take; what this one takes goes off, and an error names most_patch_bytes, where it begins.
Result<document::Node> to_document(const Value& value, Arena& arena, SymbolTable& symbols, std::size_t& room);
// For all values of one patch: an expression may name a large object as often as it likes.
inline constexpr std::size_t most_patch_bytes = std::size_t{16} << 20;

// Literals must be named as the fields that they are in: Object.spec{template: Object.spec.temp{}} is refused. Empty if
// all are.
std::string misnamed_types(const Value& object);

struct JsonPatchValue {
  std::string_view op, path, from;
  std::optional<Value> value;
};
// The items of a list of JSONPatch{…}.
Result<std::vector<JsonPatchValue>> read_json_patch(const Value& list);

}  // namespace kastell::cel
