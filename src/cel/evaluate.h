// Running an expression.
//
// Program is the fast engine: an optimised, immutable form that any number of threads may run, each
// with an Evaluation of its own. evaluate_naively() walks the tree and is the oracle that the fast
// engine is compared with; it does no optimisation whatever. Both give the same value, the same error
// and the same cost.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cel/ast.h"
#include "cel/environment.h"
#include "cel/function.h"
#include "cel/value.h"
#include "document/path.h"

namespace kastell::cel {

class BranchCounts;

// Answers for the authorizer library; the access engine or a test provides them.
struct AuthorizerAnswer {
  enum class Decision : std::uint8_t {
    deny,
    allow,
    no_opinion,
    unknown,  // the check is an error with the reason as its message: neither yes nor no may be made of it
  } decision = Decision::no_opinion;
  std::string reason;
  std::string error;  // not empty: the check itself failed
};
struct AuthorizerQuery {
  std::string user_or_service_account;  // empty: the request's own user
  std::string path, group, resource, subresource, name_space, name, verb, field_selector, label_selector;

  bool operator==(const AuthorizerQuery&) const = default;
};
class AuthorizerAnswers {
 public:
  virtual ~AuthorizerAnswers() = default;
  virtual AuthorizerAnswer check(const AuthorizerQuery& query) = 0;
};

struct Budget {
  std::uint64_t cost = ~std::uint64_t{0};  // Kubernetes: 1'000'000 per call, 10'000'000 per policy and binding
};

// The state of one thread's evaluations: arena, frame, cost. Reuse it; after warm-up nothing is allocated.
class Evaluation {
 public:
  explicit Evaluation(const SymbolTable& symbols) : symbols_(symbols) {}

  // Forgets values of earlier evaluations (their memory is reused) and the cost so far.
  void reset();

  Arena& arena() { return arena_; }
  const SymbolTable& symbols() const { return symbols_; }
  std::uint64_t cost() const { return cost_; }

  Budget budget;
  AuthorizerAnswers* authorizer = nullptr;

 private:
  friend class Program;
  friend struct EngineAccess;
  const SymbolTable& symbols_;
  Arena arena_;
  std::vector<Value> frame_;
  std::uint64_t cost_ = 0;
};

// Variables by slot (Environment::variables order). Missing trailing slots read as null.
using Variables = std::span<const Value>;

struct ProgramOptions {
  bool count_cost = true;  // without it cost() stays 0 and budgets are not enforced
  bool exact_cost = true;  // without it cost() is some number above the budget once that is spent
  bool optimise = true;    // constant folding, fused paths, constant sets, compiled regexes
  // Conversions and patterns that fail were looked for when the image was made (cel/image.h): patterns are compiled
  // when they are first matched.
  bool constants_are_sound = false;
};

// A checked expression as bytes (cel/image.h); they outlive the program.
struct ProgramImage {
  std::string_view text;
  std::string_view tree;  // write_image()
  std::string_view code;  // Program::code_image(), or empty: the program is made of the tree
};

class Program {
 public:
  static Result<Program> make(std::shared_ptr<const Environment> environment, Ast ast,
                              const ProgramOptions& options = {});
  // The tree, which is most of what a program holds, is not kept: ast() reads it when it is asked for. Nothing if the
  // bytes are no image.
  static std::optional<Program> from_image(std::shared_ptr<const Environment> environment, const ProgramImage& image,
                                           const ProgramOptions& options = {});
  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;
  ~Program();

  // The value, or an error value (never throws). It lives until the Evaluation is reset.
  Value evaluate(Evaluation& evaluation, Variables variables) const;

  // The same, but step by step, and noted which way each condition went (cel/branches.h): for tests.
  Value observe(Evaluation& evaluation, Variables variables, BranchCounts& counts) const;

  const Ast& ast() const;  // thread-safe
  // What the compiler made, for a ProgramImage. Nothing if there are parts that an image does not hold (values of
  // libraries, structures).
  std::optional<std::string> code_image() const;
  const Type& result_type() const;

 private:
  struct Code;
  explicit Program(std::unique_ptr<Code> code);
  std::unique_ptr<Code> code_;
};

Value evaluate_naively(const Environment& environment, const Ast& ast, Evaluation& evaluation, Variables variables);

// Evidence: which fields decided the outcome. Evaluates like evaluate_naively and returns the paths,
// below variables, of the reads that made the result what it is: of a false && the operand that is
// false, of an all() the first element that fails, of a true || the operand that is true, and so on.
// Paths may lead to fields that are absent.
struct FieldRead {
  std::uint32_t variable;  // slot
  document::Path path;
};
std::vector<FieldRead> deciding_reads(const Environment& environment, const Ast& ast, Evaluation& evaluation,
                                      Variables variables);

}  // namespace kastell::cel
