#include "cel/ast.h"

namespace kastell::cel {

std::optional<std::uint32_t> position_of(const Ast& ast, std::int64_t id) {
  std::vector<const Expr*> open{ast.root};
  while (!open.empty()) {
    const Expr* expr = open.back();
    open.pop_back();
    if (expr == nullptr) continue;
    if (expr->id == id) return expr->at;
    open.push_back(expr->operand);
    open.insert(open.end(), expr->arguments.begin(), expr->arguments.end());
    for (const ExprEntry& entry : expr->entries) open.insert(open.end(), {entry.key, entry.value});
    if (const Comprehension* fold = expr->comprehension) {
      open.insert(open.end(),
                  {fold->range, fold->accumulator_start, fold->loop_condition, fold->loop_step, fold->result});
    }
  }
  return std::nullopt;
}

}  // namespace kastell::cel
