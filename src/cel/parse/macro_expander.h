// What a macro builds its expansion with. Every node it makes is placed where the macro was called.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/compile.h"
#include "cel/function.h"
#include "cel/parse/node_factory.h"

namespace kastell::cel {

// The accumulator of folds: '@' cannot be written in an expression, so nothing collides with it.
inline constexpr std::string_view accumulator_name = "@result";

class MacroExpander {
 public:
  MacroExpander(NodeFactory& nodes, Origin origin, std::vector<Diagnostic>& diagnostics)
      : nodes_(nodes), origin_(origin), diagnostics_(diagnostics) {}

  const Expr* literal(Value value);
  const Expr* identifier(std::string_view name);
  const Expr* accumulator() { return identifier(accumulator_name); }
  const Expr* presence_test(const Expr& operand, std::string_view field);
  const Expr* call(std::string_view function, std::initializer_list<const Expr*> arguments);
  const Expr* call(std::string_view function, std::span<const Expr* const> arguments);
  const Expr* member_call(std::string_view function, const Expr& target, std::span<const Expr* const> arguments = {});
  const Expr* list(std::span<const Expr* const> elements = {});
  const Expr* empty_map();
  const Expr* comprehension(const Comprehension& comprehension);
  // The same tree with ids of its own.
  const Expr* copy(const Expr& expr);

  // Reports a misuse of the macro. The result stands for the expansion, which is then never used.
  const Expr* misuse(const Expr& at, std::string message);

 private:
  const Expr* copy_optional(const Expr* expr) { return expr == nullptr ? nullptr : copy(*expr); }
  std::vector<const Expr*> copy_all(std::span<const Expr* const> exprs);
  std::vector<ExprEntry> copy_entries(std::span<const ExprEntry> entries);
  const Expr* copy_comprehension(NodeId id, const Expr& expr);

  NodeFactory& nodes_;
  Origin origin_;
  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace kastell::cel
