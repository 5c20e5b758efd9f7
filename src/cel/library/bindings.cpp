// cel.bind, and the two-variable comprehensions with the function that their expansions call (cel-go
// ext/bindings.go, ext/comprehensions.go).
#include <vector>

#include "cel/libraries.h"
#include "cel/library/declare.h"
#include "cel/library/string_format.h"
#include "cel/macros.h"
#include "cel/value.h"

namespace kastell::cel {
namespace {

using Arguments = std::span<const Value>;
using declare::function;

Value key_exists(CallContext& context, const Value& key) {
  const FormatText shown = format_locale_value({'s', {}}, key, context.symbols);
  return make_error(context.arena, "insert failed: key " + shown.value_or("") + " already exists");
}

void append_entries(std::vector<MapEntry>& entries, const Value& map, const SymbolTable& symbols) {
  for (std::uint32_t i = 0; i < map_size(map); ++i) {
    entries.push_back({map_key(map, i, symbols), map_value(map, i)});
  }
}

Value insert_entry(CallContext& context, Arguments arguments) {
  if (find_key(arguments[0], arguments[1], context.symbols) != nullptr) return key_exists(context, arguments[1]);
  std::vector<MapEntry> entries;
  append_entries(entries, arguments[0], context.symbols);
  entries.push_back({arguments[1], arguments[2]});
  return make_map(context.arena, entries);
}

Value insert_map(CallContext& context, Arguments arguments) {
  std::vector<MapEntry> entries;
  append_entries(entries, arguments[0], context.symbols);
  for (std::uint32_t i = 0; i < map_size(arguments[1]); ++i) {
    const Value key = map_key(arguments[1], i, context.symbols);
    if (find_key(arguments[0], key, context.symbols) != nullptr) return key_exists(context, key);
    entries.push_back({key, map_value(arguments[1], i)});
  }
  return make_map(context.arena, entries);
}

constexpr Overload two_variable_overloads[] = {
    function("cel.@mapInsert", "@mapInsert_map_key_value", "map(K, V), K, V -> map(K, V)", &insert_entry),
    function("cel.@mapInsert", "@mapInsert_map_map", "map(K, V), map(K, V) -> map(K, V)", &insert_map),
};

}  // namespace

Library bindings_library() {
  return {.name = "bindings", .macros = bindings_macros()};
}

Library two_variable_comprehensions_library() {
  return {.name = "comprehensions", .overloads = two_variable_overloads, .macros = two_variable_macros()};
}

}  // namespace kastell::cel
