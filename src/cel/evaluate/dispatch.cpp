#include "cel/evaluate/dispatch.h"

#include <algorithm>
#include <array>
#include <string>

#include "cel/evaluate/engine_access.h"
#include "cel/evaluate/operations.h"
#include "cel/operators.h"

namespace kastell::cel {

namespace {

struct Operator {
  std::string_view function;
  Implementation call;
};

constexpr std::array<Operator, 14> operator_table{{{operators::add, &operations::add},
                                                   {operators::subtract, &operations::subtract},
                                                   {operators::multiply, &operations::multiply},
                                                   {operators::divide, &operations::divide},
                                                   {operators::modulo, &operations::modulo},
                                                   {operators::negate, &operations::negate},
                                                   {operators::less, &operations::less},
                                                   {operators::less_equals, &operations::less_equals},
                                                   {operators::greater, &operations::greater},
                                                   {operators::greater_equals, &operations::greater_equals},
                                                   {operators::equals, &operations::equals},
                                                   {operators::not_equals, &operations::not_equals},
                                                   {operators::in, &operations::in},
                                                   {operators::logical_not, &operations::logical_not}}};

bool is_list_of(const Type& list, const Value& value, const SymbolTable& symbols) {
  if (!value.is_list()) return false;
  return value.size == 0 || list.parameters.empty() || is_assignable(*list.parameters[0], value.items[0], symbols);
}

bool is_map_of(const Type& map, const Value& value, const SymbolTable& symbols) {
  if (!is_map(value)) return false;
  if (map_size(value) == 0 || map.parameters.size() != 2) return true;
  return is_assignable(*map.parameters[0], map_key(value, 0, symbols), symbols) &&
         is_assignable(*map.parameters[1], map_value(value, 0), symbols);
}

}  // namespace

bool is_assignable(const Type& parameter, const Value& value, const SymbolTable& symbols) {
  switch (parameter.kind) {
    case TypeKind::dyn:
    case TypeKind::parameter: return true;
    case TypeKind::null_type: return value.is_null();
    case TypeKind::boolean: return value.kind == Kind::boolean;
    case TypeKind::int_: return value.kind == Kind::integer;
    case TypeKind::uint: return value.kind == value_kind::uint;
    case TypeKind::double_: return value.kind == Kind::floating;
    case TypeKind::string: return value.is_string();
    case TypeKind::bytes: return value.kind == value_kind::bytes;
    case TypeKind::timestamp: return value.kind == value_kind::timestamp;
    case TypeKind::duration: return value.kind == value_kind::duration;
    case TypeKind::type: return value.kind == value_kind::type;
    case TypeKind::optional: return value.kind == value_kind::optional;
    case TypeKind::wrapper: return value.is_null() || is_assignable(*parameter.parameters[0], value, symbols);
    case TypeKind::list: return is_list_of(parameter, value, symbols);
    case TypeKind::map: return is_map_of(parameter, value, symbols);
    case TypeKind::opaque:
    case TypeKind::object: return type_name(value) == parameter.name;
    case TypeKind::error: return false;
  }
  return false;
}

bool accepts(const Signature& signature, std::span<const Value> arguments, const SymbolTable& symbols) {
  const auto& parameters = signature.parameters;
  if (parameters.size() != arguments.size()) return false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!is_assignable(*parameters[i], arguments[i], symbols)) return false;
  }
  return true;
}

// Functions that cel-go looks up in the value itself say less.
constexpr std::array<std::string_view, 4> asked_of_values{"contains", "endsWith", "matches", "startsWith"};

Value no_such_overload_error(Arena& arena, std::string_view function, std::span<const Value> arguments) {
  if (function == "size") return make_error(arena, "no such overload: size");
  if (std::ranges::find(asked_of_values, function) != asked_of_values.end()) return make_error(arena, no_such_overload);
  std::string message = std::string(no_such_overload).append(": ").append(function).append("(");
  for (std::size_t i = 0; i < arguments.size(); ++i) message.append(i == 0 ? "" : ", ").append(type_name(arguments[i]));
  return make_error(arena, message.append(")"));
}

Implementation find_operator(std::string_view function) {
  for (const Operator& candidate : operator_table) {
    if (candidate.function == function) return candidate.call;
  }
  return nullptr;
}

std::string_view operator_name(Implementation call) {
  for (const Operator& candidate : operator_table) {
    if (candidate.call == call) return candidate.function;
  }
  return {};
}

CallCost shared_cost(const Environment& environment, Candidates candidates) {
  if (candidates.empty()) return nullptr;
  const Overload& first = *environment.overloads()[candidates[0]];
  return candidates.size() == 1 ? first.cost : first.named_cost;
}

std::uint64_t call_cost(const Environment& environment, Candidates candidates, CallContext& context,
                        std::span<const Value> arguments, const Value& result) {
  const CallCost cost = shared_cost(environment, candidates);
  if (cost == nullptr) return 1;
  // Unchecked trees hold calls of any length: a cost function reads what its own overload has.
  const std::size_t expected = environment.signature(candidates[0]).parameters.size();
  return arguments.size() < expected ? 1 : cost(context, arguments, result);
}

Value dispatch(const Environment& environment, Candidates candidates, std::string_view function, CallContext& context,
               std::span<const Value> arguments) {
  if (const Implementation call = find_operator(function)) return call(context, arguments);
  for (const std::uint32_t number : candidates) {
    const Overload& overload = *environment.overloads()[number];
    if (overload.call == nullptr) continue;
    // Kinds are its own business then, but not how many there are: unchecked trees hold calls of any length.
    const bool fits = overload.checks_itself ? environment.signature(number).parameters.size() == arguments.size()
                                             : accepts(environment.signature(number), arguments, context.symbols);
    if (fits) {
      return overload.call(context, arguments);
    }
  }
  return no_such_overload_error(context.arena, function, arguments);
}

}  // namespace kastell::cel
