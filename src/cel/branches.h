// Which way the conditions of an expression went: for tests of expressions.
//
//   BranchCounts counts(program.ast());
//   program.observe(evaluation, variables, counts);   // as evaluate(), but slower
//   for (const Branch& branch : counts.branches()) if (branch.was_true == 0) …
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "cel/ast.h"

namespace kastell::cel {

struct Branch {
  enum class Type : std::uint8_t {
    condition,  // a side of && or ||, what stands before ?, what a macro asks of each item
    body,       // what a macro makes of each item: `was_true` counts how often
  } type = Type::condition;
  std::uint32_t begin = 0, end = 0;  // in the expression's text
  std::uint64_t was_true = 0, was_false = 0;
};

class BranchCounts {
 public:
  explicit BranchCounts(const Ast& ast);

  void note(std::int64_t expression, const Value& value);

  std::span<const Branch> branches() const { return branches_; }  // in the order of the text

 private:
  void find(const Expr& expr);
  void find_operands(const Expr& expr);
  void find_body(const Comprehension& fold);
  void add(const Expr& expr, Branch::Type type);

  std::vector<Branch> branches_;
  std::unordered_map<std::int64_t, std::size_t> by_expression_;
};

}  // namespace kastell::cel
