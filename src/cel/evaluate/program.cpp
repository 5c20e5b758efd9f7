#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "cel/evaluate.h"
#include "cel/evaluate/fast/compiler.h"
#include "cel/evaluate/fast/image/code_image.h"
#include "cel/evaluate/load_check.h"
#include "cel/evaluate/naive.h"
#include "cel/evaluate/remembered_answers.h"
#include "cel/image.h"

namespace kastell::cel {

namespace {

// A tree at hand, or the image that it is read from when somebody asks for it.
class LateTree {
 public:
  explicit LateTree(Ast ast) : ast_(std::move(ast)) {}
  LateTree(std::string_view text, std::string_view image) : text_(text), image_(image) {}

  const Ast& get(const Environment& environment) const {
    if (image_.empty()) return *ast_;
    std::call_once(read_, [&] { ast_ = read_image(environment, text_, image_); });
    return ast_.value();
  }

 private:
  std::string_view text_, image_;
  mutable std::once_flag read_;
  mutable std::optional<Ast> ast_;
};

}  // namespace

struct Program::Code {
  template <typename... Tree>
  Code(std::shared_ptr<const Environment> language, const ProgramOptions& wishes, Tree&&... given)
      : environment(std::move(language)),
        tree(std::forward<Tree>(given)...),
        options(wishes),
        variables(environment->variables().size()),
        parts(environment->symbols()) {}

  const Ast& ast() const { return tree.get(*environment); }

  std::shared_ptr<const Environment> environment;
  LateTree tree;
  ProgramOptions options;
  std::size_t variables;  // the environment's: a request runs many programs, and each place in memory counts
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
  auto code = std::make_unique<Code>(std::move(environment), options, std::move(ast));
  fast::Compiler(*code->environment, code->ast(), code->options, code->parts).compile();
  return Program(std::move(code));
}

// What the compiler keeps of a tree's texts points into the image, not into the tree.
std::optional<Program> Program::from_image(std::shared_ptr<const Environment> environment, const ProgramImage& image,
                                           const ProgramOptions& options) {
  auto code = std::make_unique<Code>(std::move(environment), options, image.text, image.tree);
  if (!image.code.empty() && options.optimise) {
    if (!fast::image::read_code(*code->environment, image.code, options.count_cost, code->parts)) return std::nullopt;
    return Program(std::move(code));
  }
  const auto ast = read_image(*code->environment, image.text, image.tree);
  if (!ast) return std::nullopt;
  fast::Compiler(*code->environment, *ast, code->options, code->parts).compile();
  return Program(std::move(code));
}

Value Program::evaluate(Evaluation& evaluation, Variables variables) const {
  const fast::CodeParts& parts = code_->parts;
  if (evaluation.frame_.size() < parts.frame_size) evaluation.frame_.resize(parts.frame_size);
  const std::size_t declared = code_->variables;
  const std::size_t given = std::min(declared, variables.size());
  Value* frame = evaluation.frame_.data();
  for (std::size_t i = 0; i < declared; ++i) frame[i] = i < given ? variables[i] : make_null();
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
  const Value exact = evaluate_naively(*code_->environment, code_->ast(), evaluation, variables);
  evaluation.authorizer = authorizer;
  return exact;
}

Value Program::observe(Evaluation& evaluation, Variables variables, BranchCounts& counts) const {
  return NaiveEvaluator(*code_->environment, code_->ast(), evaluation, variables, nullptr, &counts).run();
}

const Ast& Program::ast() const {
  return code_->ast();
}

std::optional<std::string> Program::code_image() const {
  if (!code_->options.optimise) return std::nullopt;
  return fast::image::write_code(*code_->environment, code_->parts);
}

const Type& Program::result_type() const {
  return ast().checked ? ast().type_of(*ast().root) : types::dyn;
}

void Evaluation::reset() {
  arena_.reset();
  cost_ = 0;
}

}  // namespace kastell::cel
