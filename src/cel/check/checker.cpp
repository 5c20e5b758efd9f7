#include "cel/check/checker.h"

#include <algorithm>

#include "cel/check/type_text.h"
#include "cel/operators.h"

namespace kastell::cel {

namespace {

constexpr std::size_t diagnostics_limit = 100;

const Type* type_of_literal(const Value& literal) {
  switch (literal.kind) {
    case Kind::boolean: return &types::boolean;
    case Kind::integer: return &types::int_;
    case Kind::floating: return &types::double_;
    case Kind::string: return &types::string;
    case value_kind::uint: return &types::uint;
    case value_kind::bytes: return &types::bytes;
    default: return &types::null_type;
  }
}

}  // namespace

Checker::Checker(const Environment& environment, Ast& ast)
    : environment_(environment),
      ast_(ast),
      unifier_(*ast.arena),
      numeric_comparison_across_types_(environment.options().cross_type_numeric_comparison) {}

std::vector<Diagnostic> Checker::run() {
  ast_.types.assign(static_cast<std::size_t>(ast_.node_count) + 1, &types::dyn);
  ast_.references.assign(ast_.types.size(), {});
  ast_.root = check(*ast_.root);
  for (const Type*& type : ast_.types) type = unifier_.settle(*type);
  if (unifier_.exhausted()) {
    return {{"type checking limit exceeded: " + std::to_string(Unifier::step_limit) + " steps", ast_.root->at}};
  }
  ast_.checked = diagnostics_.empty();
  return std::move(diagnostics_);
}

const Expr* Checker::check(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::literal: set_type(expr, type_of_literal(expr.literal)); return &expr;
    case ExprKind::identifier: return check_identifier(expr);
    case ExprKind::select: return check_select(expr);
    case ExprKind::call: return check_call(expr);
    case ExprKind::list: return check_list(expr);
    case ExprKind::map: return check_map(expr);
    case ExprKind::structure: return check_structure(expr);
    case ExprKind::comprehension: return check_comprehension(expr);
  }
  return &expr;
}

std::span<const Expr* const> Checker::check_all(std::span<const Expr* const> exprs) {
  std::vector<const Expr*> checked;
  checked.reserve(exprs.size());
  for (const Expr* expr : exprs) checked.push_back(check(*expr));
  if (std::ranges::equal(checked, exprs)) return exprs;
  return ast_.arena->copy(std::span<const Expr* const>{checked});
}

const Expr* Checker::check_select(const Expr& expr) {
  if (const auto resolved = resolve_qualified(expr)) return as_identifier(expr, *resolved);
  const Expr* operand = check(*expr.operand);
  const Type* type = field_type(expr, *type_of(*operand), expr.name, false);
  set_type(expr, expr.test_only ? &types::boolean : unifier_.resolve(*type));
  if (operand == expr.operand) return &expr;
  Expr selection = expr;
  selection.operand = operand;
  return changed(selection);
}

// operand.?field: a call with the field's name as second argument.
const Expr* Checker::check_optional_select(const Expr& expr) {
  const Expr* operand = check(*expr.arguments[0]);
  const Expr& field = *expr.arguments[1];
  set_type(field, &types::string);
  const Type* type = field_type(expr, *type_of(*operand), as_text(field.literal), true);
  set_type(expr, unifier_.resolve(*type));
  set_reference(expr, {.overloads = environment_.find_function(operators::optional_select)});
  if (operand == expr.arguments[0]) return &expr;
  Expr call = expr;
  const Expr* const arguments[] = {operand, &field};
  call.arguments = ast_.arena->copy(std::span<const Expr* const>{arguments});
  return changed(call);
}

// Selecting from an optional gives an optional.
const Type* Checker::field_type(const Expr& expr, const Type& operand, std::string_view field, bool optional) {
  const Type* target = unifier_.resolve(operand);
  const bool from_optional = target->kind == TypeKind::optional;
  if (from_optional) target = target->parameters[0];
  const Type* found = &types::dyn;
  switch (target->kind) {
    case TypeKind::map: found = target->parameters[1]; break;
    case TypeKind::object: found = structure_field(target->name, field, expr.at); break;
    case TypeKind::parameter: unifier_.is_assignable(types::dyn, *target); break;
    case TypeKind::dyn:
    case TypeKind::error: break;
    default: report(expr.at, "type '" + type_text(*target) + "' does not support field selection");
  }
  return from_optional || optional ? make_optional_type(*ast_.arena, *found) : found;
}

void Checker::expect_type(const Expr& expr, const Type& wanted) {
  if (!unifier_.is_assignable(wanted, *type_of(expr))) report_mismatch(expr, wanted, *type_of(expr));
}

void Checker::report(std::uint32_t at, std::string message, std::string hint) {
  if (diagnostics_.size() < diagnostics_limit) diagnostics_.push_back({std::move(message), at, std::move(hint)});
}

void Checker::report_mismatch(const Expr& expr, const Type& expected, const Type& actual) {
  report(expr.at, "expected type '" + type_text(expected) + "' but found '" + type_text(actual) + "'");
}

}  // namespace kastell::cel
