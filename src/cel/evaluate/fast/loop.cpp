#include "cel/evaluate/fast/loop.h"

#include <algorithm>

#include "cel/evaluate/dispatch.h"
#include "cel/evaluate/fast/attribute.h"
#include "cel/evaluate/qualify.h"

namespace kastell::cel::fast {

namespace {

template <bool counting>
void count(Machine& machine, std::uint64_t units) {
  if constexpr (counting) machine.cost += units;
}

// What a loop goes over; `problem` is an error instead.
struct Range {
  Value value = {};
  std::uint32_t size = 0;
  Value problem = {};
};

Range evaluate_range(const LoopNode& loop, Machine& machine) {
  const Value value = run(loop.range, machine);
  if (value.is_list()) return {.value = value, .size = value.size};
  if (is_map(value)) return {.value = value, .size = map_size(value)};
  if (is_error(value)) return {.problem = value};
  Arena& arena = machine.context.arena;
  const auto name = go_type_name(value);
  constexpr std::string_view before = "got '", after = "', expected iterable type";
  auto* text = arena.allocate_array<char>(before.size() + name.size() + after.size());
  char* end = std::copy(before.begin(), before.end(), text);
  end = std::copy(name.begin(), name.end(), end);
  end = std::copy(after.begin(), after.end(), end);
  return {.problem = fail({text, static_cast<std::size_t>(end - text)}, loop, machine)};
}

void set_any_variables(const LoopNode& loop, const Range& range, std::uint32_t at, Machine& machine) {
  const bool is_list = range.value.is_list();
  if (!loop.pairs) {
    machine.frame[loop.variables[0]] =
        is_list ? range.value.items[at] : map_key(range.value, at, machine.context.symbols);
    return;
  }
  machine.frame[loop.variables[0]] = is_list ? make_int(at) : map_key(range.value, at, machine.context.symbols);
  machine.frame[loop.variables[1]] = is_list ? range.value.items[at] : map_value(range.value, at);
}

inline void set_variables(const LoopNode& loop, const Range& range, std::uint32_t at, Machine& machine) {
  if (loop.pairs || !range.value.is_list()) return set_any_variables(loop, range, at, machine);
  machine.frame[loop.variables[0]] = range.value.items[at];
}

template <bool counting>
bool is_spent(const Machine& machine) {
  if constexpr (counting) return machine.is_spent();
  return false;
}

Value fail_at(std::int64_t id, Machine& machine) {
  const Node place{.id = id};
  return fail(no_such_overload, place, machine);
}

// The predicate's answer; `problem` is set if it is no bool. A conditional fails with its condition.
template <typename Loop>
bool holds(const Loop& loop, Value& problem, Machine& machine) {
  if (loop.predicate == nullptr) return true;
  const Value answer = run(loop.predicate, machine);
  if (answer.kind == Kind::boolean) return answer.boolean;
  problem = is_error(answer) ? answer : fail_at(loop.step_id, machine);
  return false;
}

bool is_number(const Value& value) {
  return value.kind == Kind::integer || value.kind == value_kind::uint || value.kind == Kind::floating;
}

// A map may have 1 and 1u as keys, but inserting one beside the other fails: then the library's own
// insertion says how. All other keys of a range are distinct.
Value insertion_problem(const InsertNode& loop, std::span<const MapEntry> entries, const MapEntry& entry,
                        Machine& machine) {
  if (!is_number(entry.key)) return make_null();
  const bool clashes = std::any_of(entries.begin(), entries.end(), [&](const MapEntry& earlier) {
    return earlier.key.kind != entry.key.kind && equal(earlier.key, entry.key, machine.context.symbols);
  });
  if (!clashes) return make_null();
  constexpr std::string_view function = "cel.@mapInsert";
  const Value arguments[] = {make_map(machine.context.arena, entries), entry.key, entry.value};
  const Candidates candidates = machine.environment.find_function(function);
  return with_expr_id(machine.context.arena,
                      dispatch(machine.environment, candidates, function, machine.context, arguments), loop.insert_id);
}

}  // namespace

template <bool decisive>
template <bool counting>
Value QuantifierNode<decisive>::execute(const Node& self, Machine& machine) {
  const auto& loop = static_cast<const QuantifierNode&>(self);
  constexpr std::uint64_t condition_cost = decisive ? 3 : 2;  // @not_strictly_false(!@result), without ! for all
  const Range range = evaluate_range(loop, machine);
  if (is_error(range.problem)) return range.problem;
  Value result = make_bool(!decisive);
  for (std::uint32_t i = 0; i < range.size && !is_spent<counting>(machine); ++i) {
    count<counting>(machine, condition_cost);
    if (result.kind == Kind::boolean && result.boolean == decisive) break;
    set_variables(loop, range, i, machine);
    count<counting>(machine, 1);
    const Value answer = run(loop.predicate, machine);
    if (answer.kind == Kind::boolean) {
      if (answer.boolean == decisive) result = answer;
    } else if (!is_error(result)) {
      result = is_error(answer) ? answer : fail_at(loop.step_id, machine);
    }
    if constexpr (!counting) {
      if (result.kind == Kind::boolean && result.boolean == decisive) break;
    }
  }
  count<counting>(machine, 1);
  return result;
}

template <bool counting>
Value ExistsOneNode::execute(const Node& self, Machine& machine) {
  const auto& loop = static_cast<const ExistsOneNode&>(self);
  const Range range = evaluate_range(loop, machine);
  if (is_error(range.problem)) return range.problem;
  std::uint32_t found = 0;
  Value problem;
  for (std::uint32_t i = 0; i < range.size && !is_spent<counting>(machine); ++i) {
    set_variables(loop, range, i, machine);
    if (!holds(loop, problem, machine)) continue;
    ++found;
    count<counting>(machine, 2);
  }
  count<counting>(machine, 2);
  return is_error(problem) ? problem : make_bool(found == 1);
}

template <bool counting>
Value AppendNode::execute(const Node& self, Machine& machine) {
  const auto& loop = static_cast<const AppendNode&>(self);
  const Range range = evaluate_range(loop, machine);
  if (is_error(range.problem)) return range.problem;
  auto* items = machine.context.arena.allocate_array<Value>(range.size);
  Value list;
  list.kind = Kind::list;
  list.items = items;
  Value problem;
  bool starts = true;  // whether the empty collection is ever read
  for (std::uint32_t i = 0; i < range.size && !is_spent<counting>(machine); ++i) {
    set_variables(loop, range, i, machine);
    const bool holds_here = holds(loop, problem, machine);
    if (i == 0) starts = !is_error(problem);
    if (!holds_here) continue;
    const Value element = run(loop.element, machine);
    count<counting>(machine, loop.append_cost);
    if (is_error(problem)) continue;
    if (is_error(element)) problem = element;
    items[list.size++] = element;
  }
  count<counting>(machine, (starts ? loop.start_cost : 0) + 1);
  return is_error(problem) ? problem : list;
}

// cel.@mapInsert(@result, key, element) is not charged once the map so far is an error.
template <bool counting>
Value InsertNode::execute(const Node& self, Machine& machine) {
  const auto& loop = static_cast<const InsertNode&>(self);
  const Range range = evaluate_range(loop, machine);
  if (is_error(range.problem)) return range.problem;
  auto* entries = machine.context.arena.allocate_array<MapEntry>(range.size);
  std::uint32_t size = 0;
  Value problem;
  bool starts = true;  // whether the empty collection is ever read
  for (std::uint32_t i = 0; i < range.size && !is_spent<counting>(machine); ++i) {
    set_variables(loop, range, i, machine);
    const bool holds_here = holds(loop, problem, machine);
    if (i == 0) starts = !is_error(problem);
    if (!holds_here) continue;
    count<counting>(machine, 1);
    if (is_error(problem)) continue;
    const Value key = run(loop.key, machine);
    const Value element = run(loop.element, machine);
    count<counting>(machine, 1);
    if (is_error(problem =
                     is_error(element) ? element : insertion_problem(loop, {entries, size}, {key, element}, machine))) {
      continue;
    }
    entries[size++] = {key, element};
  }
  count<counting>(machine, (starts ? loop.start_cost : 0) + 1);
  return is_error(problem) ? problem : make_map(machine.context.arena, {entries, size});
}

template <bool counting>
Value FoldNode::execute(const Node& self, Machine& machine) {
  const auto& loop = static_cast<const FoldNode&>(self);
  const Range range = evaluate_range(loop, machine);
  if (is_error(range.problem)) return range.problem;
  machine.frame[loop.accumulator].kind = not_yet_computed;
  for (std::uint32_t i = 0; i < range.size && !is_spent<counting>(machine); ++i) {
    set_variables(loop, range, i, machine);
    const Value condition = run(loop.condition, machine);
    if (condition.kind == Kind::boolean && !condition.boolean) break;
    machine.frame[loop.accumulator] = run(loop.step, machine);
  }
  return run(loop.result, machine);
}

template <bool counting>
Value BindNode::execute(const Node& self, Machine& machine) {
  const auto& node = static_cast<const BindNode&>(self);
  count<counting>(machine, node.range_cost);
  machine.frame[node.variable].kind = not_yet_computed;
  return run(node.result, machine);
}

#define KASTELL_INSTANTIATE(counting)                                             \
  template Value QuantifierNode<false>::execute<counting>(const Node&, Machine&); \
  template Value QuantifierNode<true>::execute<counting>(const Node&, Machine&);  \
  template Value ExistsOneNode::execute<counting>(const Node&, Machine&);         \
  template Value AppendNode::execute<counting>(const Node&, Machine&);            \
  template Value InsertNode::execute<counting>(const Node&, Machine&);            \
  template Value FoldNode::execute<counting>(const Node&, Machine&);              \
  template Value BindNode::execute<counting>(const Node&, Machine&);
KASTELL_INSTANTIATE(true)
KASTELL_INSTANTIATE(false)
#undef KASTELL_INSTANTIATE

}  // namespace kastell::cel::fast
