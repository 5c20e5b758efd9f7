#include "cel/library/kubernetes_cost.h"

#include <vector>

#include "cel/value.h"

namespace kastell::cel::cost {

std::uint64_t nominal(CallContext& /*context*/, Arguments /*arguments*/, const Value& /*result*/) {
  return 1;
}

// An explicit stack: documents may be deep.
std::uint64_t deep_traversal(CallContext& context, Arguments arguments, const Value& /*result*/) {
  std::uint64_t cost = 0;
  std::vector<Value> open{arguments[0]};
  while (!open.empty()) {
    const Value value = open.back();
    open.pop_back();
    if (value.is_string() || value.kind == value_kind::bytes) {
      cost += value.size / 10;  // bytes, rounded down
    } else if (value.is_list()) {
      open.insert(open.end(), value.as_list().begin(), value.as_list().end());
    } else if (is_map(value)) {
      for (std::uint32_t i = 0; i < map_size(value); ++i)
        open.insert(open.end(), {map_key(value, i, context.symbols), map_value(value, i)});
    } else {
      cost += 1;
    }
  }
  return cost;
}

std::uint64_t regex_search(CallContext& /*context*/, Arguments arguments, const Value& /*result*/) {
  return regex(size_of(arguments[0]), size_of(arguments[1]));
}

std::uint64_t authorization_check(CallContext& /*context*/, Arguments /*arguments*/, const Value& /*result*/) {
  return 350'000;
}

// A list, and per two characters a requirement: a structure and a list.
std::uint64_t selector_parse(CallContext& /*context*/, Arguments arguments, const Value& /*result*/) {
  constexpr std::uint64_t structure_creation = 40;
  const std::uint64_t length = size_of(arguments[1]);
  const std::uint64_t requirements = length / 2 + length % 2;
  return list_creation + traversal(length) + requirements * (list_creation + structure_creation);
}

}  // namespace kastell::cel::cost
