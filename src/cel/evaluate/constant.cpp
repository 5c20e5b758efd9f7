#include "cel/evaluate/constant.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace kastell::cel {

namespace {

constexpr std::array<std::string_view, 10> conversions{"bool", "bytes",  "double",    "duration", "dyn",
                                                       "int",  "string", "timestamp", "type",     "uint"};

bool is_conversion(const Expr& call) {
  return call.operand == nullptr && call.arguments.size() == 1 &&
         std::find(conversions.begin(), conversions.end(), call.name) != conversions.end();
}

bool is_constant_list(const Environment& environment, const Ast& ast, const Expr& list) {
  return std::all_of(list.arguments.begin(), list.arguments.end(),
                     [&](const Expr* element) { return is_constant(environment, ast, *element); });
}

bool is_constant_map(const Environment& environment, const Ast& ast, const Expr& map) {
  return std::all_of(map.entries.begin(), map.entries.end(), [&](const ExprEntry& entry) {
    return is_constant(environment, ast, *entry.key) && is_constant(environment, ast, *entry.value);
  });
}

bool is_constant_call(const Environment& environment, const Ast& ast, const Expr& call) {
  if (is_conversion(call)) return is_constant(environment, ast, *call.arguments[0]);
  return call.name == "@in" && is_constant_set_test(environment, ast, call) && call.arguments[1]->arguments.empty();
}

bool has_set_type(TypeKind kind) {
  return kind == TypeKind::boolean || kind == TypeKind::int_ || kind == TypeKind::uint || kind == TypeKind::double_ ||
         kind == TypeKind::string;
}

// The operand of dyn(dyn(x)), which has the type that x has when the program runs.
const Expr& without_dyn(const Expr& expr) {
  const Expr* inner = &expr;
  while (inner->kind == ExprKind::call && inner->name == "dyn" && is_conversion(*inner)) inner = inner->arguments[0];
  return *inner;
}

bool same_number(const Value& value, const Value& element) {
  if (element.kind == Kind::floating) {
    const double d = element.floating;
    if (d != std::trunc(d)) return false;
    if (value.kind == Kind::integer) return d > -0x1p63 && d < 0x1p63 && value.integer == static_cast<std::int64_t>(d);
    return value.kind == value_kind::uint && d >= 0 && d < 0x1p64 && as_uint(value) == static_cast<std::uint64_t>(d);
  }
  const bool is_unsigned = element.kind == value_kind::uint;
  if (value.kind == Kind::floating) {
    return value.floating ==
           (is_unsigned ? static_cast<double>(as_uint(element)) : static_cast<double>(element.integer));
  }
  const bool other_sign = value.kind == (is_unsigned ? Kind::integer : value_kind::uint);
  return other_sign && value.integer == element.integer && value.integer >= 0;
}

bool same_element(const Value& value, const Value& element) {
  if (value.kind != element.kind) {
    return element.kind != Kind::boolean && element.kind != Kind::string && same_number(value, element);
  }
  if (value.kind == Kind::string) return value.as_string() == element.as_string();
  if (value.kind == Kind::boolean) return value.boolean == element.boolean;
  return value.kind == Kind::floating ? value.floating == element.floating : value.integer == element.integer;
}

}  // namespace

const Reference* find_reference(const Ast& ast, const Expr& expr) {
  const auto at = static_cast<std::size_t>(expr.id);
  if (at >= ast.references.size()) return nullptr;
  const Reference& reference = ast.references[at];
  return reference.name.empty() && reference.overloads.empty() ? nullptr : &reference;
}

const Value* constant_reference(const Ast& ast, const Expr& expr) {
  if (expr.kind != ExprKind::identifier && expr.kind != ExprKind::select) return nullptr;
  const Reference* reference = find_reference(ast, expr);
  return reference == nullptr ? nullptr : reference->constant;
}

bool is_constant(const Environment& environment, const Ast& ast, const Expr& expr) {
  if (expr.kind == ExprKind::literal || constant_reference(ast, expr) != nullptr) return true;
  if (!environment.options().constant_folding) return false;
  switch (expr.kind) {
    case ExprKind::list: return is_constant_list(environment, ast, expr);
    case ExprKind::map: return is_constant_map(environment, ast, expr);
    case ExprKind::call: return is_constant_call(environment, ast, expr);
    default: return false;
  }
}

bool is_constant_text(const Environment& environment, const Ast& ast, const Expr& expr) {
  const Expr& inner = without_dyn(expr);
  if (inner.kind == ExprKind::literal) return inner.literal.is_string();
  return inner.kind == ExprKind::call && inner.name == "string" && is_constant(environment, ast, inner);
}

bool is_constant_set_test(const Environment& environment, const Ast& ast, const Expr& call) {
  if (!environment.options().constant_folding || call.name != "@in" || call.arguments.size() != 2) return false;
  const Reference* reference = find_reference(ast, call);
  if (reference == nullptr || reference->overloads.size() != 1) return false;
  if (environment.overloads()[reference->overloads[0]]->id != "in_list") return false;
  const Expr& list = *call.arguments[1];
  if (list.kind != ExprKind::list || !is_constant(environment, ast, list)) return false;
  return std::all_of(list.arguments.begin(), list.arguments.end(),
                     [&](const Expr* element) { return has_set_type(ast.type_of(without_dyn(*element)).kind); });
}

bool constant_set_contains(const Value& list, const Value& value) {
  const auto elements = list.as_list();
  return std::any_of(elements.begin(), elements.end(),
                     [&](const Value& element) { return same_element(value, element); });
}

}  // namespace kastell::cel
