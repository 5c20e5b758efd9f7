// List functions (apiserver pkg/cel/library/lists.go). The overloads of a function differ in their
// element type only: one implementation serves them all, and elements of mixed kinds fail or compare as
// cel-go's values do.
#include <string>

#include "cel/evaluate/operations.h"
#include "cel/kubernetes_libraries.h"
#include "cel/library/cost.h"
#include "cel/library/declare.h"
#include "cel/library/kubernetes_cost.h"

namespace kastell::cel {
namespace {

using Arguments = std::span<const Value>;

bool is_ordered(const Value& value) {
  return value.kind == Kind::boolean || value.kind == Kind::integer || value.kind == Kind::floating ||
         value.kind == Kind::string || value.kind == value_kind::uint || value.kind == value_kind::bytes ||
         value.kind == value_kind::timestamp || value.kind == value_kind::duration;
}

Value no_overload(CallContext& context) {
  return make_error(context.arena, "no such overload");
}

// Elements that do not compare (NaN, mixed kinds) are taken to be in order.
Value is_sorted(CallContext& context, Arguments arguments) {
  const Value* previous = nullptr;
  for (const Value& item : arguments[0].as_list()) {
    if (!is_ordered(item)) return no_overload(context);
    if (previous != nullptr && compare(*previous, item) == Ordering::greater) return make_bool(false);
    previous = &item;
  }
  return make_bool(true);
}

template <Value (*zero)()>
Value sum(CallContext& context, Arguments arguments) {
  Value total = zero();
  for (const Value& item : arguments[0].as_list()) {
    const Value operands[] = {total, item};
    total = operations::add(context, operands);
    if (is_error(total)) return total;
  }
  return total;
}

Value zero_int() {
  return make_int(0);
}
Value zero_uint() {
  return make_uint(0);
}
Value zero_double() {
  return make_double(0);
}
Value zero_duration() {
  return make_duration(0);
}

// The first element to which no later one is `better`.
Value select(CallContext& context, const Value& list, Ordering better, std::string_view empty_message) {
  const Value* chosen = nullptr;
  for (const Value& item : list.as_list()) {
    if (!is_ordered(item)) return no_overload(context);
    if (chosen == nullptr || compare(*chosen, item) == better) chosen = &item;
  }
  return chosen != nullptr ? *chosen : make_error(context.arena, empty_message);
}

Value min(CallContext& context, Arguments arguments) {
  return select(context, arguments[0], Ordering::greater, "min called on empty list");
}

Value max(CallContext& context, Arguments arguments) {
  return select(context, arguments[0], Ordering::less, "max called on empty list");
}

Value index_of(CallContext& context, Arguments arguments) {
  const auto items = arguments[0].as_list();
  for (std::size_t i = 0; i < items.size(); ++i)
    if (equal(items[i], arguments[1], context.symbols)) return make_int(static_cast<std::int64_t>(i));
  return make_int(-1);
}

Value last_index_of(CallContext& context, Arguments arguments) {
  const auto items = arguments[0].as_list();
  for (std::size_t i = items.size(); i-- > 0;)
    if (equal(items[i], arguments[1], context.symbols)) return make_int(static_cast<std::int64_t>(i));
  return make_int(-1);
}

// Of anything but a list: equality, so that a field may be a scalar or a list.
Value includes(CallContext& context, Arguments arguments) {
  if (!arguments[0].is_list()) return make_bool(equal(arguments[0], arguments[1], context.symbols));
  for (const Value& item : arguments[0].as_list())
    if (equal(item, arguments[1], context.symbols)) return make_bool(true);
  return make_bool(false);
}

constexpr Overload member(std::string_view name, std::string_view id, std::string_view signature, Implementation call,
                          CallCost cost) {
  return declare::costed_by_name(declare::member(name, id, signature, call, cost));
}
constexpr auto deep = &cost::deep_traversal;
constexpr std::string_view timestamp_to_bool = "list(google.protobuf.Timestamp) -> bool";
constexpr std::string_view duration_to_bool = "list(google.protobuf.Duration) -> bool";
constexpr std::string_view timestamp_to_element = "list(google.protobuf.Timestamp) -> google.protobuf.Timestamp";
constexpr std::string_view duration_to_element = "list(google.protobuf.Duration) -> google.protobuf.Duration";

// `includes` comes last: older versions of the library leave it out.
constexpr Overload overloads[] = {
    member("isSorted", "list_int_is_sorted_bool", "list(int) -> bool", &is_sorted, deep),
    member("isSorted", "list_uint_is_sorted_bool", "list(uint) -> bool", &is_sorted, deep),
    member("isSorted", "list_double_is_sorted_bool", "list(double) -> bool", &is_sorted, deep),
    member("isSorted", "list_bool_is_sorted_bool", "list(bool) -> bool", &is_sorted, deep),
    member("isSorted", "list_duration_is_sorted_bool", duration_to_bool, &is_sorted, deep),
    member("isSorted", "list_timestamp_is_sorted_bool", timestamp_to_bool, &is_sorted, deep),
    member("isSorted", "list_string_is_sorted_bool", "list(string) -> bool", &is_sorted, deep),
    member("isSorted", "list_bytes_is_sorted_bool", "list(bytes) -> bool", &is_sorted, deep),
    member("sum", "list_int_sum_int", "list(int) -> int", &sum<zero_int>, deep),
    member("sum", "list_uint_sum_uint", "list(uint) -> uint", &sum<zero_uint>, deep),
    member("sum", "list_double_sum_double", "list(double) -> double", &sum<zero_double>, deep),
    member("sum", "list_duration_sum_duration", duration_to_element, &sum<zero_duration>, deep),
    member("max", "list_int_max_int", "list(int) -> int", &max, deep),
    member("max", "list_uint_max_uint", "list(uint) -> uint", &max, deep),
    member("max", "list_double_max_double", "list(double) -> double", &max, deep),
    member("max", "list_bool_max_bool", "list(bool) -> bool", &max, deep),
    member("max", "list_duration_max_duration", duration_to_element, &max, deep),
    member("max", "list_timestamp_max_timestamp", timestamp_to_element, &max, deep),
    member("max", "list_string_max_string", "list(string) -> string", &max, deep),
    member("max", "list_bytes_max_bytes", "list(bytes) -> bytes", &max, deep),
    member("min", "list_int_min_int", "list(int) -> int", &min, deep),
    member("min", "list_uint_min_uint", "list(uint) -> uint", &min, deep),
    member("min", "list_double_min_double", "list(double) -> double", &min, deep),
    member("min", "list_bool_min_bool", "list(bool) -> bool", &min, deep),
    member("min", "list_duration_min_duration", duration_to_element, &min, deep),
    member("min", "list_timestamp_min_timestamp", timestamp_to_element, &min, deep),
    member("min", "list_string_min_string", "list(string) -> string", &min, deep),
    member("min", "list_bytes_min_bytes", "list(bytes) -> bytes", &min, deep),
    member("indexOf", "list_a_index_of_int", "list(A), A -> int", &index_of, deep),
    member("lastIndexOf", "list_a_last_index_of_int", "list(A), A -> int", &last_index_of, deep),
    member("includes", "list_includes_dyn_dyn", "dyn, dyn -> bool", &includes, deep),
};

}  // namespace

Library kubernetes_lists_library(std::uint32_t version) {
  const std::span all(overloads);
  return {.name = "kubernetes.lists", .version = version, .overloads = version >= 1 ? all : all.first(all.size() - 1)};
}

}  // namespace kastell::cel
