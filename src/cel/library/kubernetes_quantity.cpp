// quantity(): resource quantities (apiserver pkg/cel/library/quantity.go).
#include <string>

#include "cel/kubernetes_libraries.h"
#include "cel/library/comparison_functions.h"
#include "cel/library/cost.h"
#include "cel/library/declare.h"
#include "cel/library/kubernetes_cost.h"
#include "cel/library/kubernetes_values.h"

namespace kastell::cel {
namespace {

using Arguments = std::span<const Value>;
using comparison_functions::compare_to;
using comparison_functions::is_greater_than;
using comparison_functions::is_less_than;

Quantity unpack(const QuantityValue& value) {
  Quantity quantity{.format = value.format, .value = value.value, .scale = value.scale};
  if (value.is_big) quantity.big.emplace(value.limbs, value.negative, value.scale);
  return quantity;
}

Quantity quantity_of(const Value& value) {
  return unpack(*as_opaque<QuantityValue>(value, quantity_kind));
}

bool equal_quantities(const OpaqueValue& a, const OpaqueValue& b) {
  return compare(unpack(static_cast<const QuantityValue&>(a)), unpack(static_cast<const QuantityValue&>(b))) == 0;
}

// In the API server a computed quantity on the right is of another Go type.
bool comparable_quantities(const OpaqueValue& /*a*/, const OpaqueValue& b) {
  return !static_cast<const QuantityValue&>(b).is_computed;
}

Value pack(Arena& arena, const Quantity& quantity, std::string_view text, bool is_computed) {
  auto* value = arena.create<QuantityValue>();
  value->kind = &quantity_kind;
  value->format = quantity.format;
  value->is_computed = is_computed;
  value->is_big = quantity.big.has_value();
  value->value = quantity.value;
  value->scale = quantity.big ? quantity.big->scale() : quantity.scale;
  if (quantity.big) {
    value->negative = quantity.big->is_negative();
    value->limbs = arena.copy(quantity.big->limbs());
  }
  value->text = text;
  return make_opaque(*value);
}

Value string_to_quantity(CallContext& context, Arguments arguments) {
  const std::string_view text = as_text(arguments[0]);
  const auto parsed = parse_quantity(text);
  if (!parsed) return make_error(context.arena, parsed.error());
  return pack(context.arena, parsed->quantity, parsed->keeps_text ? context.arena.copy(text) : "", false);
}

Value is_quantity(CallContext& /*context*/, Arguments arguments) {
  return make_bool(parse_quantity(as_text(arguments[0])).has_value());
}

Value quantity_sign(CallContext& /*context*/, Arguments arguments) {
  return make_int(sign(quantity_of(arguments[0])));
}

std::strong_ordering order(Arguments arguments) {
  return compare(quantity_of(arguments[0]), quantity_of(arguments[1]));
}

Value as_approximate_float(CallContext& /*context*/, Arguments arguments) {
  return make_double(as_approximate_double(quantity_of(arguments[0])));
}

Value is_integer(CallContext& /*context*/, Arguments arguments) {
  return make_bool(as_integer(quantity_of(arguments[0])).has_value());
}

Value quantity_to_integer(CallContext& context, Arguments arguments) {
  const auto integer = as_integer(quantity_of(arguments[0]));
  return integer ? make_int(*integer) : make_error(context.arena, "cannot convert value to integer");
}

// The second operand: a quantity, or an int.
Quantity operand_of(const Value& value) {
  if (value.kind == Kind::integer) return {.format = QuantityFormat::decimal_exponent, .value = value.integer};
  return quantity_of(value);
}

template <std::optional<Quantity> (*operation)(Quantity, const Quantity&)>
Value calculate(CallContext& context, Arguments arguments) {
  const auto result = operation(quantity_of(arguments[0]), operand_of(arguments[1]));
  if (!result) return make_error(context.arena, "quantity has more digits than the limit Decimal::digit_limit");
  return pack(context.arena, *result, "", true);
}

using declare::function, declare::member;
constexpr std::string_view two_to_bool = "kubernetes.Quantity, kubernetes.Quantity -> bool";
constexpr std::string_view two_to_quantity = "kubernetes.Quantity, kubernetes.Quantity -> kubernetes.Quantity";
constexpr std::string_view with_int_to_quantity = "kubernetes.Quantity, int -> kubernetes.Quantity";
constexpr Overload overloads[] = {
    function("quantity", "string_to_quantity", "string -> kubernetes.Quantity", &string_to_quantity,
             &cost::target_traversal),
    function("isQuantity", "is_quantity_string", "string -> bool", &is_quantity, &cost::target_traversal),
    function("sign", "quantity_sign", "kubernetes.Quantity -> int", &quantity_sign, &cost::nominal),
    member("isGreaterThan", "quantity_is_greater_than", two_to_bool, &is_greater_than<order>, &cost::nominal),
    member("isLessThan", "quantity_is_less_than", two_to_bool, &is_less_than<order>, &cost::nominal),
    member("compareTo", "quantity_compare_to", "kubernetes.Quantity, kubernetes.Quantity -> int", &compare_to<order>,
           &cost::nominal),
    member("asApproximateFloat", "quantity_get_float", "kubernetes.Quantity -> double", &as_approximate_float,
           &cost::nominal),
    member("asInteger", "quantity_get_int", "kubernetes.Quantity -> int", &quantity_to_integer, &cost::nominal),
    member("isInteger", "quantity_is_integer", "kubernetes.Quantity -> bool", &is_integer, &cost::nominal),
    member("add", "quantity_add", two_to_quantity, &calculate<add>, &cost::nominal),
    member("add", "quantity_add_int", with_int_to_quantity, &calculate<add>, &cost::nominal),
    member("sub", "quantity_sub", two_to_quantity, &calculate<subtract>, &cost::nominal),
    member("sub", "quantity_sub_int", with_int_to_quantity, &calculate<subtract>, &cost::nominal),
};

}  // namespace

const OpaqueKind quantity_kind{.type_name = "kubernetes.Quantity",
                               .equal = &equal_quantities,
                               .size = nullptr,
                               .comparable = &comparable_quantities};

std::string to_string(const QuantityValue& quantity) {
  return quantity.text.empty() ? to_string(unpack(quantity)) : std::string(quantity.text);
}

Library kubernetes_quantity_library() {
  return {.name = "kubernetes.quantity", .overloads = overloads};
}

}  // namespace kastell::cel
