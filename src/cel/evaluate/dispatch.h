// Choosing an overload by the kinds of the arguments.
#pragma once

#include <span>

#include "cel/environment.h"

namespace kastell::cel {

// Whether a value may be passed for a parameter of that type. As in cel-go, of a list or map only the
// first element decides.
bool is_assignable(const Type& parameter, const Value& value, const SymbolTable& symbols);
bool accepts(const Signature& signature, std::span<const Value> arguments, const SymbolTable& symbols);

// "no such overload: size(int)"
Value no_such_overload_error(Arena& arena, std::string_view function, std::span<const Value> arguments);

// The operators that are defined for all operands at once and choose by themselves; null for other functions.
Implementation find_operator(std::string_view function);
std::string_view operator_name(Implementation call);  // of what find_operator gave

// The overloads a call may mean at run time, as numbers into Environment::overloads().
using Candidates = std::span<const std::uint32_t>;

// Of the only candidate; of several, what the function costs by its name.
CallCost shared_cost(const Environment& environment, Candidates candidates);  // null: 1
std::uint64_t call_cost(const Environment& environment, Candidates candidates, CallContext& context,
                        std::span<const Value> arguments, const Value& result);

// Calls the first candidate that accepts the arguments, none of which is an error.
Value dispatch(const Environment& environment, Candidates candidates, std::string_view function, CallContext& context,
               std::span<const Value> arguments);

}  // namespace kastell::cel
