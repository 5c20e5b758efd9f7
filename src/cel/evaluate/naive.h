// The naive evaluator: a walk over the tree that follows cel-go's interpreter step by step, including
// where it counts cost. It is the oracle of the fast engine, so it does nothing clever.
//
// cel-go reads a chain like a.b[c].?d as one *attribute*: a root and qualifiers. Cost and the rules of
// optionals follow from that, so this evaluator thinks in attributes too.
#pragma once

#include <array>
#include <optional>

#include "cel/evaluate.h"
#include "cel/evaluate/dispatch.h"
#include "cel/evaluate/growing_lists.h"
#include "cel/evaluate/reads.h"

namespace kastell::cel {

class NaiveEvaluator {
 public:
  // With a recorder, the reads that the value rests on are left in it; with counts, which way conditions went.
  NaiveEvaluator(const Environment& environment, const Ast& ast, Evaluation& evaluation, Variables variables,
                 ReadRecorder* recorder = nullptr, BranchCounts* branches = nullptr);

  Value run() { return run(*ast_.root); }
  // The same for a part of the tree that reads no local of a comprehension around it.
  Value run(const Expr& expr);

 private:
  // The variables of one comprehension while it runs. The accumulator starts when it is first read.
  struct Scope {
    const Comprehension& fold;
    Scope* parent;
    Value accumulator = {};
    bool started = false;
    bool finished = false;  // computing the result: iteration variables are out of scope
    std::array<Value, 2> variables = {};
    // With a recorder: where the variables came from, and what the accumulator's value rests on.
    std::array<std::optional<FieldRead>, 2> origins = {};
    Reads reads = {};
  };

  // An attribute on its way: what the qualifiers so far led to.
  struct Attribute {
    enum class State : std::uint8_t { present, none, failed } state = State::present;
    bool optional = false;                 // the result is an optional: absent fields end the walk quietly
    Value value = {};                      // of a failed attribute the error
    std::optional<FieldRead> origin = {};  // with a recorder: where the value stands, or should stand
  };

  struct Binding {
    static constexpr std::size_t accumulator = 2;
    Scope* scope = nullptr;
    std::size_t variable = 0;  // 0, 1 or the accumulator
  };

  Value evaluate(const Expr& expr, Scope* scope);
  Value evaluate_node(const Expr& expr, Scope* scope);
  Value evaluate_structure(const Expr& expr, Scope* scope);
  Value evaluate_list(const Expr& expr, Scope* scope);
  Value evaluate_map(const Expr& expr, Scope* scope);

  // naive_attribute.cpp
  Value evaluate_attribute(const Expr& expr, Scope* scope);
  Attribute resolve(const Expr& expr, Scope* scope);
  Attribute resolve_operand(const Expr& expr, Scope* scope);
  Attribute resolve_conditional(const Expr& expr, Scope* scope);
  Attribute resolve_index(const Expr& expr, Scope* scope);
  Attribute select(Attribute base, const Value& key, const Expr& expr);
  Attribute test(Attribute base, const Value& key, const Expr& expr);
  static Attribute start(const Value& root);
  static Attribute fail_at(Attribute attribute, const Value& error);
  Value evaluate_key(const Expr& expr, Scope* scope);
  static Binding find_local(std::string_view name, Scope* scope);
  Value finish(const Attribute& attribute);
  Attribute look_up(const Expr& expr, Scope* scope);
  std::optional<Attribute> look_up_local(std::string_view name, Scope* scope);
  std::optional<Attribute> look_up_global(std::string_view name) const;
  std::optional<Attribute> look_up_qualified(const Expr& select, Scope* scope);
  void record(const Attribute& attribute);
  void step_down(Attribute& attribute, const Value& key);

  // naive_call.cpp
  Value evaluate_call(const Expr& expr, Scope* scope);
  Value evaluate_logic(const Expr& expr, Scope* scope, bool decisive);
  Value evaluate_or_value(const Expr& expr, Scope* scope);
  Value evaluate_set_test(const Expr& expr, Scope* scope);
  Value evaluate_function(const Expr& expr, Scope* scope);
  Value call(Candidates candidates, std::string_view function, std::span<const Value> arguments);

  // naive_fold.cpp
  Value evaluate_fold(const Expr& expr, Scope* scope);
  void set_variables(Scope& scope, const Value& range, std::uint32_t at);
  bool step(Scope& scope);
  Value evaluate_unrecorded(const Expr& expr, Scope& scope);
  Value read_accumulator(Scope& scope);

  void count(std::uint64_t units);
  Value fail(const Expr& expr, std::string_view message);
  Value label(const Value& value, const Expr& expr);

  const Environment& environment_;
  const Ast& ast_;
  Evaluation& evaluation_;
  Variables variables_;
  CallContext context_;
  ReadRecorder* recorder_;
  BranchCounts* branches_;
  GrowingLists growing_lists_;
  std::uint32_t depth_ = 0;
  bool free_of_cost_ = false;  // inside something that cel-go made a constant
  bool cancelled_ = false;     // the budget is spent: everything ends
};

}  // namespace kastell::cel
