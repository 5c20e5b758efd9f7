#include "cel/library/list_functions.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "cel/library/cost.h"
#include "cel/value.h"

namespace kastell::cel::list_functions {
namespace {

Value list_of(Arena& arena, std::span<const Value> items) {
  return cel::make_list(arena, items);
}

Value cannot_slice(CallContext& context, std::int64_t begin, std::int64_t end, const std::string& why) {
  return make_error(context.arena, "cannot slice(" + std::to_string(begin) + ", " + std::to_string(end) + "), " + why);
}

// Appends the items of `list`, and of lists in it down to `depth`; false when a limit is reached.
bool append_flattened(std::vector<Value>& result, const Value& list, std::int64_t depth, std::uint32_t level) {
  if (level > flatten_depth_limit) return false;
  for (const Value& item : list.as_list()) {
    if (item.is_list() && depth > 0) {
      if (!append_flattened(result, item, depth - 1, level + 1)) return false;
    } else if (result.size() >= flattened_limit) {
      return false;
    } else {
      result.push_back(item);
    }
  }
  return true;
}

bool is_comparable(const Value& value) {
  return compare(value, value) != Ordering::incomparable;
}

// NaN has no order, but sorting needs one: it comes last.
bool is_nan(const Value& value) {
  return value.kind == Kind::floating && std::isnan(value.floating);
}

// 2 units for each pair of elements, 2.1 for texts, and the new list. What is no list is refused, but its
// cost is asked all the same: cel-go's tracker panics there, before it has counted the call.
std::uint64_t compared_cost(const Value& list) {
  if (!list.is_list()) return 0;
  const std::uint64_t size = list.size;
  const bool is_text = size > 0 && (list.items[0].kind == Kind::string || list.items[0].kind == value_kind::bytes);
  return static_cast<std::uint64_t>(static_cast<double>(size * size) * (is_text ? 2.1 : 2.0)) + 1 + cost::list_creation;
}

}  // namespace

Value slice(CallContext& context, Arguments arguments) {
  const std::int64_t begin = arguments[1].integer;
  const std::int64_t end = arguments[2].integer;
  if (begin < 0 || end < 0) return cannot_slice(context, begin, end, "negative indexes not supported");
  if (begin > end) return cannot_slice(context, begin, end, "start index must be less than or equal to end index");
  if (end > arguments[0].size) {
    return cannot_slice(context, begin, end, "list is length " + std::to_string(arguments[0].size));
  }
  const auto first = static_cast<std::size_t>(begin);
  return list_of(context.arena, arguments[0].as_list().subspan(first, static_cast<std::size_t>(end) - first));
}

Value flatten(CallContext& context, Arguments arguments) {
  if (!arguments[0].is_list())
    return make_error(context.arena, "no such overload: " + std::string(type_name(arguments[0])) + ".flatten()");
  if (arguments.size() > 1 && arguments[1].kind != Kind::integer) return make_error(context.arena, "no such overload");
  const bool has_depth = arguments.size() > 1 && arguments[1].kind == Kind::integer;
  const std::int64_t depth = has_depth ? arguments[1].integer : 1;
  if (depth < 0) return make_error(context.arena, "level must be non-negative");
  std::vector<Value> result;
  if (!append_flattened(result, arguments[0], depth, 0)) {
    return make_error(context.arena, "flatten limit exceeded: too many elements, or nested too deeply");
  }
  return list_of(context.arena, result);
}

Value sort(CallContext& context, Arguments arguments) {
  const Value list_and_keys[] = {arguments[0], arguments[0]};
  return sort_by_associated_keys(context, list_and_keys);
}

Value sort_by_associated_keys(CallContext& context, Arguments arguments) {
  if (!arguments[0].is_list() || !arguments[1].is_list()) return make_error(context.arena, "no such overload");
  const auto items = arguments[0].as_list();
  const auto keys = arguments[1].as_list();
  if (items.size() != keys.size()) {
    return make_error(context.arena,
                      "@sortByAssociatedKeys() expected a list of the same size as the associated keys list, but got " +
                          std::to_string(items.size()) + " and " + std::to_string(keys.size()) +
                          " elements respectively");
  }
  if (items.empty()) return arguments[0];
  if (!is_comparable(keys[0])) return make_error(context.arena, "list elements must be comparable");
  const auto is_first_kind = [&](const Value& key) { return key.kind == keys[0].kind; };
  if (!std::ranges::all_of(keys, is_first_kind)) {
    return make_error(context.arena, "list elements must have the same type");
  }
  std::vector<std::uint32_t> order(items.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    const Ordering found = compare(keys[a], keys[b]);
    if (found == Ordering::unordered) return is_nan(keys[a]) == is_nan(keys[b]) ? a < b : is_nan(keys[b]);
    return found == Ordering::equal ? a < b : found == Ordering::less;
  });
  std::vector<Value> sorted;
  sorted.reserve(items.size());
  for (const std::uint32_t number : order) sorted.push_back(items[number]);
  return list_of(context.arena, sorted);
}

Value range(CallContext& context, Arguments arguments) {
  const std::int64_t size = arguments[0].integer;
  if (size < 0) {
    return make_error(context.arena, "lists.range: size must be non-negative, got " + std::to_string(size));
  }
  if (size > range_limit) {
    return make_error(context.arena, "lists.range: size " + std::to_string(size) + " exceeds maximum allowed (" +
                                         std::to_string(range_limit) + ")");
  }
  std::vector<Value> numbers;
  numbers.reserve(static_cast<std::size_t>(size));
  for (std::int64_t i = 0; i < size; ++i) numbers.push_back(make_int(i));
  return list_of(context.arena, numbers);
}

Value reverse(CallContext& context, Arguments arguments) {
  const auto items = arguments[0].as_list();
  return list_of(context.arena, std::vector<Value>(items.rbegin(), items.rend()));
}

Value distinct(CallContext& context, Arguments arguments) {
  std::vector<Value> seen;
  std::uint64_t comparisons = 0;
  for (const Value& item : arguments[0].as_list()) {
    comparisons += seen.size();
    if (comparisons > comparison_limit) return make_error(context.arena, comparison_limit_exceeded);
    const auto is_same = [&](const Value& other) { return equal(item, other, context.symbols); };
    if (std::ranges::none_of(seen, is_same)) seen.push_back(item);
  }
  return list_of(context.arena, seen);
}

std::uint64_t new_list_cost(CallContext&, Arguments, const Value& result) {
  return cost::size_of(result) + 1 + cost::list_creation;
}

// Depths beyond all measure cost what Go's conversion of too big a number gives: 2^63.
std::uint64_t flatten_cost(CallContext&, Arguments arguments, const Value&) {
  const bool has_depth = arguments.size() > 1 && arguments[1].kind == Kind::integer;
  const std::int64_t depth = has_depth ? arguments[1].integer : 1;
  const double factor = depth < 0 ? 1.0 : static_cast<double>(depth);
  const double cost = static_cast<double>(cost::size_of(arguments[0])) * factor;
  const std::uint64_t whole = cost < 0x1p64 ? static_cast<std::uint64_t>(cost) : std::uint64_t{1} << 63;
  return whole + 1 + cost::list_creation;
}

std::uint64_t compared_target_cost(CallContext&, Arguments arguments, const Value&) {
  return compared_cost(arguments[0]);
}

std::uint64_t compared_keys_cost(CallContext&, Arguments arguments, const Value&) {
  return compared_cost(arguments[1]);
}

}  // namespace kastell::cel::list_functions
