// The functions of the lists extension, and their costs as cel-go counts them from version 3 on.
#pragma once

#include <cstdint>
#include <span>

#include "cel/function.h"

namespace kastell::cel::list_functions {

using Arguments = std::span<const Value>;

inline constexpr std::int64_t range_limit = 1'000'000;  // cel-go's default
inline constexpr std::uint64_t flattened_limit = 10'000'000;
inline constexpr std::uint32_t flatten_depth_limit = 1000;
// Of elements within one call; Kubernetes' budget for a call, 1,000,000 units, is spent long before.
inline constexpr std::uint64_t comparison_limit = 100'000'000;
inline constexpr std::string_view comparison_limit_exceeded = "comparison limit exceeded: the lists are too long";

Value slice(CallContext& context, Arguments arguments);
Value flatten(CallContext& context, Arguments arguments);  // list[, depth]
Value sort(CallContext& context, Arguments arguments);
Value sort_by_associated_keys(CallContext& context, Arguments arguments);  // list, keys
Value range(CallContext& context, Arguments arguments);
Value reverse(CallContext& context, Arguments arguments);
Value distinct(CallContext& context, Arguments arguments);

std::uint64_t new_list_cost(CallContext& context, Arguments arguments, const Value& result);
std::uint64_t flatten_cost(CallContext& context, Arguments arguments, const Value& result);
std::uint64_t compared_target_cost(CallContext& context, Arguments arguments, const Value& result);
std::uint64_t compared_keys_cost(CallContext& context, Arguments arguments, const Value& result);

}  // namespace kastell::cel::list_functions
