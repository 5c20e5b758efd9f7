// From the tree to nodes.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "cel/evaluate.h"
#include "cel/evaluate/fast/attribute.h"
#include "cel/evaluate/fast/call.h"
#include "cel/evaluate/fast/logic.h"
#include "cel/evaluate/fast/loop.h"
#include "cel/evaluate/shape.h"

namespace kastell::cel::fast {

// What a compiled expression owns beside its tree.
struct CodeParts {
  explicit CodeParts(const SymbolTable& symbols) : constants(symbols) {}

  Arena nodes{1024};
  Evaluation constants;  // its arena holds the values computed in advance
  std::vector<std::unique_ptr<LateRegex>> regexes;
  const Node* root = nullptr;
  std::uint32_t frame_size = 0;  // the variables, then what the nodes keep
};

class Compiler {
 public:
  Compiler(const Environment& environment, const Ast& ast, const ProgramOptions& options, CodeParts& parts);

  void compile();

 private:
  // How a name is read while a comprehension's parts are compiled.
  struct Local {
    std::string_view name;
    std::uint32_t slot = 0;
    const Node* initial = nullptr;  // of a lazy local
  };

  // A path that a presence test before has walked, valid where the test was true.
  struct Known {
    std::uint32_t root = 0;
    std::vector<Symbol> path;
    std::uint32_t slot = 0;
  };

  // Whether an attribute is evaluated here (and costs 1) or is the root, key or branch of another.
  enum class Position : std::uint8_t { expression, part };

  const Node* compile(const Expr& expr, Position position = Position::expression);
  const Node* compile_constant(const Expr& expr, Position position);
  const Node* constant(const Value& value, std::uint64_t cost = 0);
  const Node* failure(const Expr& expr, std::string message);
  const Node* compile_list(const Expr& expr);
  const Node* compile_structure(const Expr& expr);
  const Node* compile_map(const Expr& expr);

  // compile_attribute.cpp
  struct Chain;
  const AttributeNode* as_attribute(const Expr& expr, const Node* node) const;
  const Node* compile_attribute(const Expr& expr, Position position);
  Chain unwind(const Expr& expr);
  Step make_step(const Expr& expr);
  const Node* compile_name(const Expr& expr, Position position);
  const Node* compile_conditional(const Expr& expr, Position position);
  const Node* compile_path(const Expr& expr, const Chain& chain, Position position);
  const Node* compile_path_test(const Expr& expr, const Chain& chain);
  void fill_path(PathNode& node, const Chain& chain, std::uint32_t walked);
  const Node* compile_chain(const Expr& expr, const Chain& chain, Position position);
  Shortcut find_shortcut(std::uint32_t root, std::span<const Symbol> path) const;
  const Local* find_local(const Expr& expr) const;
  bool is_local(std::string_view name) const;
  std::optional<std::uint32_t> find_plain_slot(const Expr& root) const;
  std::optional<std::uint32_t> find_variable(const Expr& expr) const;
  const Value* find_named_constant(const Expr& expr) const;
  bool is_unchecked_constant(const Expr& expr) const;
  std::string_view resolved_name(const Expr& expr) const;

  // compile_call.cpp
  const Node* compile_call(const Expr& expr);
  const Node* compile_logic(const Expr& expr);
  void collect_operands(const Expr& expr, std::vector<LogicOperand>& into);
  bool is_joined(const Expr& operand, const Expr& expr) const;
  const Node* compile_not(const Expr& expr);
  const Node* compile_or_value(const Expr& expr);
  const Node* compile_set_test(const Expr& expr);
  const Node* compile_function(const Expr& expr);
  const Node* compile_operator(const Expr& expr, std::string_view function, Candidates candidates);
  const Node* compile_text_equality(const Expr& expr);
  const Node* compile_regex(const Expr& expr, const ResolvedFunction& resolved);
  Candidates keep(Candidates candidates);
  void learn_from(const Expr& condition, bool when);

  // compile_loop.cpp
  struct Shape;
  const Node* compile_loop(const Expr& expr);
  const Node* compile_bind(const Expr& expr);
  const Node* compile_fold(const Expr& expr);
  Shape recognise(const Comprehension& fold) const;
  template <typename Loop>
  Loop* begin_loop(const Expr& expr);
  template <typename Loop>
  const Node* compile_quantifier(const Expr& expr, const Shape& shape);
  const Node* compile_append(const Expr& expr, const Shape& shape);
  const Node* compile_insert(const Expr& expr, const Shape& shape);
  std::uint32_t creation_cost(const Expr& expr) const;

  std::uint32_t new_slot() { return parts_.frame_size++; }

  template <typename N>
  N* make(const Expr& expr) {
    N* node = parts_.nodes.create<N>();
    set_code(*node, options_.count_cost);
    node->id = expr.id;
    return node;
  }

  const Environment& environment_;
  const Ast& ast_;
  const ProgramOptions& options_;
  CodeParts& parts_;
  std::vector<Local> locals_;
  std::vector<Known> known_;
  std::unordered_map<const Expr*, Known> remembered_;  // presence tests compiled so far
};

}  // namespace kastell::cel::fast
