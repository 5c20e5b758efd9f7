// `variables` while one group of expressions runs: each is evaluated when it is first read, kept, and its cost charged
// to whoever read it (apiserver pkg/admission/plugin/cel/composition.go).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "admission/evaluate/compiled.h"

namespace kastell::admission {

class ExpressionCoverage;

// Evaluations within evaluations: a variable that reads another one needs a frame of its own.
class EvaluationStack {
 public:
  // Variables that read one another deeper than this fail. Kastell's own bound: Go's stacks grow, ours do not.
  static constexpr std::size_t deepest = 100;

  explicit EvaluationStack(const SymbolTable& symbols) : symbols_(symbols) {}

  Arena& arena() { return arena_; }
  const SymbolTable& symbols() const { return symbols_; }
  cel::AuthorizerAnswers* authorizer = nullptr;
  std::vector<std::string> unanswered;  // questions that nobody could answer, and that an expression failed of

  ExpressionCoverage* coverage = nullptr;

  // The value of an expression with a program.
  cel::Value evaluate(const CompiledExpression& expression, cel::Evaluation& evaluation, cel::Variables variables);

  // For the time of one evaluation; null beyond the bound.
  cel::Evaluation* enter();
  void leave() { --depth_; }

  // Forgets all values. Their memory is reused.
  void reset();

 private:
  const SymbolTable& symbols_;
  Arena arena_;
  std::vector<std::unique_ptr<cel::Evaluation>> evaluations_;
  std::size_t depth_ = 0;
};

class LazyVariables final : public cel::LazyMap {
 public:
  // `inputs` must outlive it.
  LazyVariables(const CompiledPolicy& policy, const Inputs& inputs, EvaluationStack& stack);

  const cel::Value* find(std::string_view name) override;

  // What evaluations cost since the last question.
  std::uint64_t take_cost();

 private:
  cel::Value evaluate(std::size_t number);
  cel::Value fail(std::string_view name, std::string_view what, std::string_view why);

  const CompiledPolicy& policy_;
  const Inputs& inputs_;
  EvaluationStack& stack_;
  std::span<std::optional<cel::Value>> values_;  // in the stack's arena
  std::uint64_t cost_ = 0;
};

}  // namespace kastell::admission
