#include "cel/branches.h"

#include <algorithm>
#include <ranges>

#include "cel/operators.h"
#include "cel/parse/macro_expander.h"

namespace kastell::cel {

namespace {

bool is_logic(const Expr& expr) {
  return expr.kind == ExprKind::call && (expr.name == operators::logical_and || expr.name == operators::logical_or);
}

// What a macro keeps is no condition of its user, and what is written out goes one way only.
bool is_condition(const Expr& expr) {
  const bool is_accumulator = expr.kind == ExprKind::identifier && expr.name == accumulator_name;
  return !is_accumulator && !is_logic(expr) && expr.kind != ExprKind::literal;
}

}  // namespace

BranchCounts::BranchCounts(const Ast& ast) {
  find(*ast.root);
  std::vector<std::size_t> order(branches_.size());
  std::ranges::copy(std::views::iota(std::size_t{0}, branches_.size()), order.begin());
  std::ranges::stable_sort(order, {},
                           [&](std::size_t at) { return std::pair(branches_[at].begin, branches_[at].end); });
  std::vector<Branch> sorted;
  std::vector<std::size_t> place(branches_.size());
  for (const std::size_t at : order) {
    place[at] = sorted.size();
    sorted.push_back(branches_[at]);
  }
  branches_ = std::move(sorted);
  for (auto& [expression, at] : by_expression_) at = place[at];
}

void BranchCounts::note(std::int64_t expression, const Value& value) {
  const auto found = by_expression_.find(expression);
  if (found == by_expression_.end() || is_error(value)) return;
  Branch& branch = branches_[found->second];
  if (branch.type == Branch::Type::condition && value.kind != Kind::boolean) return;
  const bool is_true = branch.type == Branch::Type::body || value.boolean;
  ++(is_true ? branch.was_true : branch.was_false);
}

void BranchCounts::find(const Expr& expr) {
  find_operands(expr);
  if (expr.operand != nullptr) find(*expr.operand);
  for (const Expr* argument : expr.arguments) find(*argument);
  for (const ExprEntry& entry : expr.entries) {
    if (entry.key != nullptr) find(*entry.key);
    if (entry.value != nullptr) find(*entry.value);
  }
  if (expr.comprehension == nullptr) return;
  find(*expr.comprehension->range);
  find_body(*expr.comprehension);
  find(*expr.comprehension->loop_step);
}

void BranchCounts::find_operands(const Expr& expr) {
  if (expr.kind != ExprKind::call) return;
  const bool is_conditional = expr.name == operators::conditional;
  if (!is_conditional && !is_logic(expr)) return;
  for (const Expr* side : expr.arguments.first(is_conditional ? 1 : expr.arguments.size())) {
    if (is_condition(*side)) add(*side, Branch::Type::condition);
  }
}

// Of map(): [before] + [item].
void BranchCounts::find_body(const Comprehension& fold) {
  const Expr& step = *fold.loop_step;
  if (step.kind != ExprKind::call || step.name != operators::add || step.arguments.size() != 2) return;
  const Expr& list = *step.arguments[1];
  if (list.kind == ExprKind::list && list.arguments.size() == 1) add(*list.arguments[0], Branch::Type::body);
}

void BranchCounts::add(const Expr& expr, Branch::Type type) {
  if (!by_expression_.try_emplace(expr.id, branches_.size()).second) return;
  branches_.push_back({.type = type, .begin = expr.begin, .end = expr.end});
}

}  // namespace kastell::cel
