#include "cel/evaluate/fast/closed.h"

#include <algorithm>
#include <vector>

#include "cel/evaluate/constant.h"

namespace kastell::cel::fast {

namespace {

class FreeNames {
 public:
  FreeNames(const Environment& environment, const Ast& ast) : environment_(environment), ast_(ast) {}

  bool any(const Expr& expr) {
    if (is_constant(environment_, ast_, expr)) return false;
    switch (expr.kind) {
      case ExprKind::literal: return false;
      case ExprKind::identifier: return !is_bound(expr.name);
      case ExprKind::select: return find_reference(ast_, expr) != nullptr || any(*expr.operand);
      case ExprKind::comprehension: return any_in_fold(*expr.comprehension);
      default: return any_in_parts(expr);
    }
  }

 private:
  bool is_bound(std::string_view name) const { return std::find(bound_.begin(), bound_.end(), name) != bound_.end(); }

  bool any_in_parts(const Expr& expr) {
    if (expr.operand != nullptr && any(*expr.operand)) return true;
    for (const Expr* argument : expr.arguments) {
      if (any(*argument)) return true;
    }
    return std::any_of(expr.entries.begin(), expr.entries.end(), [&](const ExprEntry& entry) {
      return (entry.key != nullptr && any(*entry.key)) || any(*entry.value);
    });
  }

  bool any_in_fold(const Comprehension& fold) {
    if (any(*fold.range) || any(*fold.accumulator_start)) return true;
    const std::size_t outer = bound_.size();
    bound_.push_back(fold.accumulator);
    bound_.push_back(fold.iteration_variable);
    if (!fold.iteration_variable2.empty()) bound_.push_back(fold.iteration_variable2);
    bool found = any(*fold.loop_condition) || any(*fold.loop_step);
    bound_.resize(outer + 1);
    found = found || any(*fold.result);
    bound_.resize(outer);
    return found;
  }

  const Environment& environment_;
  const Ast& ast_;
  std::vector<std::string_view> bound_;
};

}  // namespace

bool is_closed(const Environment& environment, const Ast& ast, const Expr& expr) {
  return !FreeNames(environment, ast).any(expr);
}

}  // namespace kastell::cel::fast
