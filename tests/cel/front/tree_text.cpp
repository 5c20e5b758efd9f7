#include "cel/front/tree_text.h"

#include <algorithm>

#include "cel/compile.h"

namespace kastell::cel::front {

namespace {

std::string joined(std::span<const Expr* const> exprs, std::span<const std::uint32_t> optional = {}) {
  std::string text;
  for (std::uint32_t i = 0; i < exprs.size(); ++i) {
    if (i > 0) text += ", ";
    if (std::ranges::find(optional, i) != optional.end()) text += '?';
    text += tree_text(*exprs[i]);
  }
  return text;
}

std::string entries_text(const Expr& expr) {
  std::string text{expr.name};
  text += '{';
  for (const ExprEntry& entry : expr.entries) {
    if (text.back() != '{') text += ", ";
    if (entry.optional) text += '?';
    text += entry.key != nullptr ? tree_text(*entry.key) : std::string{entry.field};
    text += ":#" + std::to_string(entry.id) + ' ' + tree_text(*entry.value);
  }
  return text + '}';
}

std::string fold_text(const Comprehension& fold) {
  std::string text = std::string{fold.iteration_variable} + ", " + std::string{fold.iteration_variable2};
  text += ", " + tree_text(*fold.range) + ", " + std::string{fold.accumulator};
  for (const Expr* part : {fold.accumulator_start, fold.loop_condition, fold.loop_step, fold.result}) {
    text += ", " + tree_text(*part);
  }
  return '(' + text + ')';
}

}  // namespace

std::string tree_text(const Expr& expr) {
  const std::string id = '#' + std::to_string(expr.id);
  const std::string name{expr.name};
  switch (expr.kind) {
    case ExprKind::literal: return unparse(Ast{}, expr) + id;
    case ExprKind::identifier: return name + id;
    case ExprKind::select: return tree_text(*expr.operand) + '.' + name + (expr.test_only ? "?" : "") + id;
    case ExprKind::call: {
      const std::string target = expr.operand == nullptr ? "" : tree_text(*expr.operand) + '.';
      return target + name + id + '(' + joined(expr.arguments) + ')';
    }
    case ExprKind::list: return '[' + joined(expr.arguments, expr.optional_elements) + ']' + id;
    case ExprKind::map:
    case ExprKind::structure: return entries_text(expr) + id;
    case ExprKind::comprehension: return "fold" + id + fold_text(*expr.comprehension);
  }
  return {};
}

}  // namespace kastell::cel::front
