#include <algorithm>
#include <optional>
#include <utility>

#include "cel/evaluate.h"
#include "cel/evaluate/fast/compiler.h"
#include "cel/evaluate/load_check.h"
#include "cel/evaluate/remembered_answers.h"

namespace kastell::cel {

struct Program::Code {
  Code(std::shared_ptr<const Environment> language, Ast tree, const ProgramOptions& wishes)
      : environment(std::move(language)), ast(std::move(tree)), options(wishes), parts(environment->symbols()) {}

  std::shared_ptr<const Environment> environment;
  Ast ast;
  ProgramOptions options;
  fast::CodeParts parts;
};

Program::Program(std::unique_ptr<Code> code) : code_(std::move(code)) {}
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;
Program::~Program() = default;

Result<Program> Program::make(std::shared_ptr<const Environment> environment, Ast ast, const ProgramOptions& options) {
  if (environment->options().constant_folding && !options.constants_are_sound) {
    if (auto error = find_failing_constant(*environment, ast)) return std::unexpected(std::move(*error));
  }
  auto code = std::make_unique<Code>(std::move(environment), std::move(ast), options);
  fast::Compiler(*code->environment, code->ast, code->options, code->parts).compile();
  return Program(std::move(code));
}

Value Program::evaluate(Evaluation& evaluation, Variables variables) const {
  const fast::CodeParts& parts = code_->parts;
  if (evaluation.frame_.size() < parts.frame_size) evaluation.frame_.resize(parts.frame_size);
  const std::size_t declared = code_->environment->variables().size();
  const std::size_t given = std::min(declared, variables.size());
  Value* frame = evaluation.frame_.data();
  std::copy_n(variables.begin(), given, frame);
  std::fill(frame + given, frame + declared, make_null());
  std::optional<RememberedAnswers> answers;
  if (evaluation.authorizer != nullptr) answers.emplace(*evaluation.authorizer);
  fast::Machine machine{.context = {.arena = evaluation.arena_,
                                    .symbols = evaluation.symbols_,
                                    .authorizer = answers ? &*answers : nullptr},
                        .environment = *code_->environment,
                        .frame = frame,
                        .budget = evaluation.budget.cost};
  const Value value = fast::run(parts.root, machine);
  evaluation.cost_ = machine.cost;
  if (!machine.is_spent()) return value;
  if (!code_->options.exact_cost) return make_error(evaluation.arena_, cost_limit_exceeded);
  // Only the naive evaluator looks at the budget everywhere and knows what had been spent.
  evaluation.cost_ = 0;
  if (answers) answers->repeat();
  AuthorizerAnswers* const authorizer = std::exchange(evaluation.authorizer, answers ? &*answers : nullptr);
  const Value exact = evaluate_naively(*code_->environment, code_->ast, evaluation, variables);
  evaluation.authorizer = authorizer;
  return exact;
}

const Ast& Program::ast() const {
  return code_->ast;
}

const Type& Program::result_type() const {
  return code_->ast.checked ? code_->ast.type_of(*code_->ast.root) : types::dyn;
}

void Evaluation::reset() {
  arena_.reset();
  cost_ = 0;
}

}  // namespace kastell::cel
