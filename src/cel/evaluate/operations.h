// What the operators of the standard library do, as implementations for the standard table's overloads.
//
// They take values of any kinds and give cel-go's errors themselves («no such overload»), so one
// function serves all overloads of its operator. && || ?: and the optional operators are not here:
// they do not evaluate all their operands and belong to the evaluators.
#pragma once

#include <span>

#include "cel/function.h"

namespace kastell::cel::operations {

Value add(CallContext& context, std::span<const Value> arguments);
Value subtract(CallContext& context, std::span<const Value> arguments);
Value multiply(CallContext& context, std::span<const Value> arguments);
Value divide(CallContext& context, std::span<const Value> arguments);
Value modulo(CallContext& context, std::span<const Value> arguments);
Value negate(CallContext& context, std::span<const Value> arguments);

Value less(CallContext& context, std::span<const Value> arguments);
Value less_equals(CallContext& context, std::span<const Value> arguments);
Value greater(CallContext& context, std::span<const Value> arguments);
Value greater_equals(CallContext& context, std::span<const Value> arguments);
Value equals(CallContext& context, std::span<const Value> arguments);
Value not_equals(CallContext& context, std::span<const Value> arguments);

Value in(CallContext& context, std::span<const Value> arguments);
Value index(CallContext& context, std::span<const Value> arguments);
Value logical_not(CallContext& context, std::span<const Value> arguments);

}  // namespace kastell::cel::operations
