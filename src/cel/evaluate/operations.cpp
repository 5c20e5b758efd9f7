#include "cel/evaluate/operations.h"

#include <cstring>
#include <string>

#include "cel/evaluate/qualify.h"
#include "cel/list_manner.h"

namespace kastell::cel::operations {

namespace {

constexpr std::string_view no_such_overload = "no such overload";
constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;
// The seconds of 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z, the range of a timestamp.
constexpr std::int64_t first_second = -62'135'596'800;
constexpr std::int64_t last_second = 253'402'300'799;

// cel-go names the operator only if the operand's type has neither the operation nor methods.
Value lacks_operation(CallContext& context, const Value& operand, std::string_view name) {
  if (operand.kind == Kind::string || operand.kind == value_kind::timestamp || operand.kind == value_kind::duration) {
    return make_error(context.arena, no_such_overload);
  }
  return make_error(context.arena, std::string(no_such_overload).append(": ").append(name));
}

Value mismatch(CallContext& context) {
  return make_error(context.arena, no_such_overload);
}

Value answer(CallContext& context, Equality equality) {
  return equality == Equality::incomparable ? mismatch(context) : make_bool(equality == Equality::yes);
}

Value overflow(CallContext& context) {
  return make_error(context.arena, "integer overflow");
}

Value unsigned_overflow(CallContext& context) {
  return make_error(context.arena, "unsigned integer overflow");
}

Value join_text(CallContext& context, const Value& a, const Value& b) {
  const std::size_t size = std::size_t{a.size} + b.size;
  if (size > UINT32_MAX) return make_error(context.arena, "string size limit exceeded");
  auto* text = context.arena.allocate_array<char>(size);
  if (a.size != 0) std::memcpy(text, a.text, a.size);
  if (b.size != 0) std::memcpy(text + a.size, b.text, b.size);
  Value joined = make_string({text, size});
  joined.kind = a.kind;
  return joined;
}

Value join_lists(CallContext& context, const Value& a, const Value& b) {
  if (has_manner(a)) return manner_of(a).add(context.arena, a, b, context.symbols);
  const std::size_t size = std::size_t{a.size} + b.size;
  if (size > UINT32_MAX) return make_error(context.arena, "list size limit exceeded");
  if (a.size == 0) return b;
  if (b.size == 0) return a;
  auto* items = context.arena.allocate_array<Value>(size);
  std::memcpy(static_cast<void*>(items), a.items, a.size * sizeof(Value));
  std::memcpy(static_cast<void*>(items + a.size), b.items, b.size * sizeof(Value));
  Value joined;
  joined.kind = Kind::list;
  joined.size = static_cast<std::uint32_t>(size);
  joined.items = items;
  return joined;
}

Value shift_timestamp(CallContext& context, const Value& timestamp, std::int64_t nanoseconds) {
  std::int64_t seconds = timestamp.integer + nanoseconds / nanoseconds_per_second;
  std::int64_t rest = timestamp.size + nanoseconds % nanoseconds_per_second;
  if (rest < 0) {
    rest += nanoseconds_per_second;
    --seconds;
  } else if (rest >= nanoseconds_per_second) {
    rest -= nanoseconds_per_second;
    ++seconds;
  }
  if (seconds < first_second || seconds > last_second) return make_error(context.arena, "timestamp overflow");
  Value shifted = make_timestamp(seconds, static_cast<std::uint32_t>(rest));
  shifted.aux = timestamp.aux;  // the offset in which it was written, for string()
  return shifted;
}

Value between_timestamps(CallContext& context, const Value& a, const Value& b) {
  std::int64_t nanoseconds = 0;
  if (__builtin_mul_overflow(a.integer - b.integer, nanoseconds_per_second, &nanoseconds)) return overflow(context);
  const std::int64_t rest = std::int64_t{a.size} - b.size;
  if (__builtin_add_overflow(nanoseconds, rest, &nanoseconds)) return overflow(context);
  return make_duration(nanoseconds);
}

Value add_duration(CallContext& context, const Value& duration, const Value& other) {
  if (other.kind == value_kind::timestamp) return shift_timestamp(context, other, duration.integer);
  if (other.kind != value_kind::duration) return mismatch(context);
  std::int64_t sum = 0;
  if (__builtin_add_overflow(duration.integer, other.integer, &sum)) return overflow(context);
  return make_duration(sum);
}

Value add_same_kind(CallContext& context, const Value& a, const Value& b) {
  std::int64_t sum = 0;
  std::uint64_t unsigned_sum = 0;
  switch (a.kind) {
    case Kind::integer: return __builtin_add_overflow(a.integer, b.integer, &sum) ? overflow(context) : make_int(sum);
    case value_kind::uint:
      return __builtin_add_overflow(as_uint(a), as_uint(b), &unsigned_sum) ? unsigned_overflow(context)
                                                                           : make_uint(unsigned_sum);
    case Kind::floating: return make_double(a.floating + b.floating);
    case Kind::string:
    case value_kind::bytes: return join_text(context, a, b);
    default: return join_lists(context, a, b);
  }
}

Value subtract_same_kind(CallContext& context, const Value& a, const Value& b) {
  std::int64_t difference = 0;
  if (a.kind == Kind::floating) return make_double(a.floating - b.floating);
  if (a.kind == value_kind::uint) {
    return as_uint(b) > as_uint(a) ? unsigned_overflow(context) : make_uint(as_uint(a) - as_uint(b));
  }
  if (__builtin_sub_overflow(a.integer, b.integer, &difference)) return overflow(context);
  return a.kind == value_kind::duration ? make_duration(difference) : make_int(difference);
}

Value subtract_from_timestamp(CallContext& context, const Value& timestamp, const Value& other) {
  if (other.kind == value_kind::timestamp) return between_timestamps(context, timestamp, other);
  if (other.kind != value_kind::duration) return mismatch(context);
  if (other.integer == INT64_MIN) return overflow(context);
  return shift_timestamp(context, timestamp, -other.integer);
}

bool is_number(const Value& v) {
  return v.kind == Kind::integer || v.kind == value_kind::uint || v.kind == Kind::floating;
}

// Whether the kind takes part in < <= > >= (cel-go's ComparerType).
bool is_ordered(const Value& v) {
  switch (v.kind) {
    case Kind::boolean:
    case Kind::string:
    case value_kind::bytes:
    case value_kind::timestamp:
    case value_kind::duration: return true;
    default: return is_number(v);
  }
}

template <typename Accept>
Value order(CallContext& context, std::span<const Value> arguments, std::string_view name, Accept accept) {
  if (!is_ordered(arguments[0])) return lacks_operation(context, arguments[0], name);
  const Ordering order = compare(arguments[0], arguments[1]);
  if (order == Ordering::incomparable) return mismatch(context);
  if (order == Ordering::unordered) return make_error(context.arena, "NaN values cannot be ordered");
  return make_bool(accept(order));
}

}  // namespace

Value add(CallContext& context, std::span<const Value> arguments) {
  const Value& a = arguments[0];
  const Value& b = arguments[1];
  switch (a.kind) {
    case Kind::integer:
    case Kind::floating:
    case Kind::string:
    case Kind::list:
    case value_kind::uint:
    case value_kind::bytes: return a.kind == b.kind ? add_same_kind(context, a, b) : mismatch(context);
    case value_kind::duration: return add_duration(context, a, b);
    case value_kind::timestamp:
      return b.kind == value_kind::duration ? shift_timestamp(context, a, b.integer) : mismatch(context);
    default: return lacks_operation(context, a, "_+_");
  }
}

Value subtract(CallContext& context, std::span<const Value> arguments) {
  const Value& a = arguments[0];
  const Value& b = arguments[1];
  if (a.kind == value_kind::timestamp) return subtract_from_timestamp(context, a, b);
  if (!is_number(a) && a.kind != value_kind::duration) return lacks_operation(context, a, "_-_");
  return a.kind == b.kind ? subtract_same_kind(context, a, b) : mismatch(context);
}

Value multiply(CallContext& context, std::span<const Value> arguments) {
  const Value& a = arguments[0];
  const Value& b = arguments[1];
  if (!is_number(a)) return lacks_operation(context, a, "_*_");
  if (a.kind != b.kind) return mismatch(context);
  if (a.kind == Kind::floating) return make_double(a.floating * b.floating);
  if (a.kind == Kind::integer) {
    std::int64_t product = 0;
    return __builtin_mul_overflow(a.integer, b.integer, &product) ? overflow(context) : make_int(product);
  }
  std::uint64_t product = 0;
  return __builtin_mul_overflow(as_uint(a), as_uint(b), &product) ? unsigned_overflow(context) : make_uint(product);
}

Value divide(CallContext& context, std::span<const Value> arguments) {
  const Value& a = arguments[0];
  const Value& b = arguments[1];
  if (!is_number(a)) return lacks_operation(context, a, "_/_");
  if (a.kind != b.kind) return mismatch(context);
  if (a.kind == Kind::floating) return make_double(a.floating / b.floating);
  if (b.integer == 0) return make_error(context.arena, "division by zero");
  if (a.kind == value_kind::uint) return make_uint(as_uint(a) / as_uint(b));
  if (a.integer == INT64_MIN && b.integer == -1) return overflow(context);
  return make_int(a.integer / b.integer);
}

Value modulo(CallContext& context, std::span<const Value> arguments) {
  const Value& a = arguments[0];
  const Value& b = arguments[1];
  if (a.kind != Kind::integer && a.kind != value_kind::uint) return lacks_operation(context, a, "_%_");
  if (a.kind != b.kind) return mismatch(context);
  if (b.integer == 0) return make_error(context.arena, "modulus by zero");
  if (a.kind == value_kind::uint) return make_uint(as_uint(a) % as_uint(b));
  if (a.integer == INT64_MIN && b.integer == -1) return overflow(context);
  return make_int(a.integer % b.integer);
}

Value negate(CallContext& context, std::span<const Value> arguments) {
  const Value& a = arguments[0];
  if (a.kind == Kind::boolean) return mismatch(context);
  if (a.kind == Kind::floating) return make_double(-a.floating);
  if (a.kind != Kind::integer && a.kind != value_kind::duration) return lacks_operation(context, a, "-_");
  if (a.integer == INT64_MIN) return overflow(context);
  return a.kind == Kind::integer ? make_int(-a.integer) : make_duration(-a.integer);
}

Value less(CallContext& context, std::span<const Value> arguments) {
  return order(context, arguments, "_<_", [](Ordering o) { return o == Ordering::less; });
}

Value less_equals(CallContext& context, std::span<const Value> arguments) {
  return order(context, arguments, "_<=_", [](Ordering o) { return o != Ordering::greater; });
}

Value greater(CallContext& context, std::span<const Value> arguments) {
  return order(context, arguments, "_>_", [](Ordering o) { return o == Ordering::greater; });
}

Value greater_equals(CallContext& context, std::span<const Value> arguments) {
  return order(context, arguments, "_>=_", [](Ordering o) { return o != Ordering::less; });
}

Value equals(CallContext& context, std::span<const Value> arguments) {
  return answer(context, compare_equality(arguments[0], arguments[1], context.symbols));
}

Value not_equals(CallContext& context, std::span<const Value> arguments) {
  return make_bool(!equal(arguments[0], arguments[1], context.symbols));
}

Value in(CallContext& context, std::span<const Value> arguments) {
  const Value& container = arguments[1];
  if (is_map(container)) {
    const Value problem = reflected_key_problem(context, container, arguments[0]);
    return is_error(problem) ? problem : make_bool(find_key(container, arguments[0], context.symbols) != nullptr);
  }
  if (!container.is_list()) return mismatch(context);
  return answer(context, find_element(container, arguments[0], context.symbols));
}

Value index(CallContext& context, std::span<const Value> arguments) {
  return qualify(context, arguments[0], arguments[1]);
}

Value logical_not(CallContext& context, std::span<const Value> arguments) {
  const Value& a = arguments[0];
  return a.kind == Kind::boolean ? make_bool(!a.boolean) : mismatch(context);
}

}  // namespace kastell::cel::operations
