// The sets extension (cel-go ext/sets.go): lists seen as sets, by CEL's equality.
#include <algorithm>

#include "cel/libraries.h"
#include "cel/library/cost.h"
#include "cel/library/declare.h"
#include "cel/library/list_functions.h"
#include "cel/list_manner.h"

namespace kastell::cel {
namespace {

using Arguments = std::span<const Value>;
using declare::function;

bool has_member(const Value& list, const Value& wanted, const SymbolTable& symbols) {
  return find_element(list, wanted, symbols) == Equality::yes;
}

bool has_all(const Value& list, const Value& wanted, const SymbolTable& symbols) {
  return std::ranges::all_of(wanted.as_list(), [&](const Value& item) { return has_member(list, item, symbols); });
}

bool are_too_long(Arguments lists) {
  return std::uint64_t{lists[0].size} * lists[1].size > list_functions::comparison_limit;
}

Value too_long(CallContext& context) {
  return make_error(context.arena, list_functions::comparison_limit_exceeded);
}

Value contains(CallContext& context, Arguments arguments) {
  if (are_too_long(arguments)) return too_long(context);
  return make_bool(has_all(arguments[0], arguments[1], context.symbols));
}

Value equivalent(CallContext& context, Arguments arguments) {
  if (are_too_long(arguments)) return too_long(context);
  return make_bool(has_all(arguments[0], arguments[1], context.symbols) &&
                   has_all(arguments[1], arguments[0], context.symbols));
}

Value intersects(CallContext& context, Arguments arguments) {
  if (are_too_long(arguments)) return too_long(context);
  return make_bool(std::ranges::any_of(
      arguments[0].as_list(), [&](const Value& item) { return has_member(arguments[1], item, context.symbols); }));
}

std::uint64_t one_pass(CallContext&, Arguments arguments, const Value&) {
  return cost::size_of(arguments[0]) * cost::size_of(arguments[1]) + 1;
}

std::uint64_t two_passes(CallContext&, Arguments arguments, const Value&) {
  return cost::size_of(arguments[0]) * cost::size_of(arguments[1]) * 2 + 1;
}

constexpr Overload overloads[] = {
    function("sets.contains", "list_sets_contains_list", "list(T), list(T) -> bool", &contains, &one_pass),
    function("sets.equivalent", "list_sets_equivalent_list", "list(T), list(T) -> bool", &equivalent, &two_passes),
    function("sets.intersects", "list_sets_intersects_list", "list(T), list(T) -> bool", &intersects, &one_pass),
};

}  // namespace

Library sets_library() {
  return {.name = "sets", .overloads = overloads};
}

}  // namespace kastell::cel
