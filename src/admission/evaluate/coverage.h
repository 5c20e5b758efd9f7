// Which way the conditions in policies' expressions went, over many requests.
#pragma once

#include <map>

#include "admission/evaluate/compiled.h"
#include "cel/branches.h"

namespace kastell::admission {

class ExpressionCoverage {
 public:
  // As the program evaluates, and counted.
  cel::Value evaluate(const CompiledExpression& expression, cel::Evaluation& evaluation, cel::Variables variables) {
    return expression.program->observe(evaluation, variables, counts_of(expression));
  }

  // Of an expression with a program.
  cel::BranchCounts& counts_of(const CompiledExpression& expression) {
    return counts_.try_emplace(&expression, expression.program->ast()).first->second;
  }

 private:
  std::map<const CompiledExpression*, cel::BranchCounts> counts_;
};

}  // namespace kastell::admission
