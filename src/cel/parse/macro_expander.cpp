#include "cel/parse/macro_expander.h"

namespace kastell::cel {

const Expr* MacroExpander::literal(Value value) {
  return nodes_.literal(nodes_.new_id(), origin_, value);
}

const Expr* MacroExpander::identifier(std::string_view name) {
  return nodes_.identifier(nodes_.new_id(), origin_, name);
}

const Expr* MacroExpander::presence_test(const Expr& operand, std::string_view field) {
  return nodes_.select(nodes_.new_id(), origin_, operand, field, true);
}

const Expr* MacroExpander::call(std::string_view function, std::initializer_list<const Expr*> arguments) {
  return call(function, std::span{arguments.begin(), arguments.size()});
}

const Expr* MacroExpander::call(std::string_view function, std::span<const Expr* const> arguments) {
  return nodes_.call(nodes_.new_id(), origin_, function, nullptr, arguments);
}

const Expr* MacroExpander::member_call(std::string_view function, const Expr& target,
                                       std::span<const Expr* const> arguments) {
  return nodes_.call(nodes_.new_id(), origin_, function, &target, arguments);
}

const Expr* MacroExpander::list(std::span<const Expr* const> elements) {
  return nodes_.list(nodes_.new_id(), origin_, elements);
}

const Expr* MacroExpander::empty_map() {
  return nodes_.map(nodes_.new_id(), origin_, {});
}

const Expr* MacroExpander::comprehension(const Comprehension& comprehension) {
  return nodes_.comprehension(nodes_.new_id(), origin_, comprehension);
}

const Expr* MacroExpander::misuse(const Expr& at, std::string message) {
  diagnostics_.push_back({std::move(message), at.at});
  return literal(make_null());
}

const Expr* MacroExpander::copy(const Expr& expr) {
  if (nodes_.exhausted()) return &expr;  // the parser reports it
  const NodeId id = nodes_.new_id();
  const Origin origin{expr.begin, expr.end, expr.at};
  switch (expr.kind) {
    case ExprKind::literal: return nodes_.literal(id, origin, expr.literal);
    case ExprKind::identifier: return nodes_.identifier(id, origin, expr.name);
    case ExprKind::select: return nodes_.select(id, origin, *copy(*expr.operand), expr.name, expr.test_only);
    case ExprKind::call: {
      const std::vector<const Expr*> arguments = copy_all(expr.arguments);
      return nodes_.call(id, origin, expr.name, copy_optional(expr.operand), arguments);
    }
    case ExprKind::list: return nodes_.list(id, origin, copy_all(expr.arguments), expr.optional_elements);
    case ExprKind::map: return nodes_.map(id, origin, copy_entries(expr.entries));
    case ExprKind::structure: return nodes_.structure(id, origin, expr.name, copy_entries(expr.entries));
    case ExprKind::comprehension: return copy_comprehension(id, expr);
  }
  return &expr;
}

std::vector<const Expr*> MacroExpander::copy_all(std::span<const Expr* const> exprs) {
  std::vector<const Expr*> copies;
  copies.reserve(exprs.size());
  for (const Expr* expr : exprs) copies.push_back(copy(*expr));
  return copies;
}

std::vector<ExprEntry> MacroExpander::copy_entries(std::span<const ExprEntry> entries) {
  std::vector<ExprEntry> copies{entries.begin(), entries.end()};
  for (ExprEntry& entry : copies) {
    entry.id = nodes_.new_id();
    entry.key = copy_optional(entry.key);
    entry.value = copy(*entry.value);
  }
  return copies;
}

const Expr* MacroExpander::copy_comprehension(NodeId id, const Expr& expr) {
  Comprehension copied = *expr.comprehension;
  copied.range = copy(*copied.range);
  copied.accumulator_start = copy(*copied.accumulator_start);
  copied.loop_condition = copy(*copied.loop_condition);
  copied.loop_step = copy(*copied.loop_step);
  copied.result = copy(*copied.result);
  return nodes_.comprehension(id, {expr.begin, expr.end, expr.at}, copied);
}

}  // namespace kastell::cel
