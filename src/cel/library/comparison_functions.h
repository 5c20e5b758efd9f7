// isGreaterThan, isLessThan and compareTo of a type that has an order, as implementations.
#pragma once

#include <compare>
#include <span>

#include "cel/function.h"

namespace kastell::cel::comparison_functions {

// How the first argument stands to the second one.
using Order = std::strong_ordering (*)(std::span<const Value> arguments);

template <Order order>
Value is_greater_than(CallContext& /*context*/, std::span<const Value> arguments) {
  return make_bool(order(arguments) > 0);
}

template <Order order>
Value is_less_than(CallContext& /*context*/, std::span<const Value> arguments) {
  return make_bool(order(arguments) < 0);
}

template <Order order>
Value compare_to(CallContext& /*context*/, std::span<const Value> arguments) {
  const std::strong_ordering found = order(arguments);
  return make_int((found > 0) - (found < 0));
}

}  // namespace kastell::cel::comparison_functions
