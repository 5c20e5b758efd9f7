#include "custom/rules/beyond.h"

#include <algorithm>
#include <array>

#include "cel/operators.h"

namespace kastell::custom {

using cel::TypeKind;
using document::Node;

namespace {

// Functions that ask whether values are equal.
constexpr std::array<std::string_view, 9> comparing{
    cel::operators::equals, cel::operators::not_equals, cel::operators::in, "indexOf", "lastIndexOf", "distinct",
    "sets.contains",        "sets.equivalent",          "sets.intersects"};

bool is_accumulator(const cel::Expr& expr) {
  return expr.kind == cel::ExprKind::identifier && expr.name.starts_with('@');
}

// Whether it joins lists of lists: searching the sum asks some of its items whether they equal what is wanted, and
// others the other way round, which with sets is not the same.
bool joins_nested_lists(const cel::Ast& ast, const cel::Expr& expr) {
  if (expr.kind != cel::ExprKind::call || expr.name != cel::operators::add || expr.arguments.size() != 2) return false;
  if (is_accumulator(*expr.arguments[0])) return false;
  const cel::Type& type = ast.type_of(expr);
  return type.kind == TypeKind::list && type.parameters[0]->kind == TypeKind::list;
}

bool holds_object(const cel::Type& type) {
  return type.kind == TypeKind::object ||
         std::ranges::any_of(type.parameters, [](const cel::Type* inner) { return holds_object(*inner); });
}

bool compares_objects(const cel::Ast& ast, const cel::Expr& expr) {
  if (expr.kind != cel::ExprKind::call || std::ranges::find(comparing, expr.name) == comparing.end()) return false;
  const auto is_object = [&](const cel::Expr* one) { return holds_object(ast.type_of(*one)); };
  return (expr.operand != nullptr && is_object(expr.operand)) || std::ranges::any_of(expr.arguments, is_object);
}

using Test = bool (*)(const cel::Ast&, const cel::Expr&);

bool any_of_tree(const cel::Ast& ast, const cel::Expr* expr, Test test) {
  if (expr == nullptr) return false;
  const auto below = [&](const cel::Expr* one) { return any_of_tree(ast, one, test); };
  if (test(ast, *expr) || below(expr->operand) || std::ranges::any_of(expr->arguments, below)) return true;
  if (std::ranges::any_of(expr->entries, [&](const auto& entry) { return below(entry.key) || below(entry.value); })) {
    return true;
  }
  const cel::Comprehension* fold = expr->comprehension;
  return fold != nullptr && (below(fold->range) || below(fold->accumulator_start) || below(fold->loop_condition) ||
                             below(fold->loop_step) || below(fold->result));
}

void look_below(const Node& schema, const Keywords& words, Steps& steps, SchemaTraits& traits) {
  if (!schema.is_object() || !steps.spend(1)) return;
  const Node* type = schema.find(words.list_type);
  const std::string_view list_type = type == nullptr ? std::string_view{} : type->as_string();
  traits.has_own_lists = traits.has_own_lists || list_type == "set" || list_type == "map";
  traits.has_unseen_parts = traits.has_unseen_parts || is_true(schema, words.keeps_unknown_fields) ||
                            is_true(schema, words.embedded_resource);
  const Node* properties = schema.find(words.properties);
  for (const Node& one : properties == nullptr ? std::span<const Node>{} : properties->member_values()) {
    look_below(one, words, steps, traits);
  }
  for (const Symbol part : {words.items, words.additional_properties}) {
    if (const Node* inner = schema.find(part)) look_below(*inner, words, steps, traits);
  }
}

}  // namespace

SchemaTraits traits_below(const Node& schema, const Keywords& words, Steps& steps) {
  SchemaTraits traits;
  look_below(schema, words, steps, traits);
  if (steps.is_exhausted()) return {.has_own_lists = true, .has_unseen_parts = true};
  return traits;
}

std::string_view beyond_us(const cel::Ast& rule, SchemaTraits traits) {
  if (traits.has_own_lists && any_of_tree(rule, rule.root, joins_nested_lists)) {
    return "it adds lists of lists beside lists of type set or map, which Kastell does not do in their way";
  }
  if (traits.has_unseen_parts && any_of_tree(rule, rule.root, compares_objects)) {
    return "it compares objects with fields that no expression reaches, but that count, and Kastell leaves them out";
  }
  return {};
}

}  // namespace kastell::custom
