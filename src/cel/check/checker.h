// The gradual type checker: gives every node a type, every name and call its reference, and the tree
// with names resolved.
//
// In the checked tree a qualified name is one identifier under its full name, with a leading dot if
// a comprehension's variable would shadow it, and a function of a namespace is a global call: of
// math.abs(x) both the target and the select are gone. Nodes keep their ids. The algorithm is
// cel-go's (checker/checker.go), since acceptance and results' types must be.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cel/check/unifier.h"
#include "cel/compile.h"
#include "cel/environment.h"

namespace kastell::cel {

class Checker {
 public:
  Checker(const Environment& environment, Ast& ast);

  // Completes the ast, or says what is wrong with it.
  std::vector<Diagnostic> run();

 private:
  using LocalVariable = std::pair<std::string_view, const Type*>;
  struct ResolvedName {
    std::string name;
    const Type* type;
    const Value* constant = nullptr;
  };

  // Each gives the node with names resolved, the same one if nothing changes.
  const Expr* check(const Expr& expr);
  const Expr* check_identifier(const Expr& expr);
  const Expr* check_select(const Expr& expr);
  const Expr* check_call(const Expr& expr);
  const Expr* check_optional_select(const Expr& expr);
  const Expr* check_member_call(const Expr& expr);
  const Expr* check_list(const Expr& expr);
  const Expr* check_map(const Expr& expr);
  const Expr* check_structure(const Expr& expr);
  const Expr* check_comprehension(const Expr& expr);
  std::span<const Expr* const> check_all(std::span<const Expr* const> exprs);

  // Names.
  std::optional<ResolvedName> resolve(std::string_view name);
  std::optional<ResolvedName> resolve_global(std::string_view name);
  std::optional<ResolvedName> resolve_qualified(const Expr& select);
  const Type* local_type(std::string_view name) const;
  std::string_view resolve_function(std::string_view name) const;
  const Type* resolve_structure(const Expr& expr, std::string_view& type_name);
  const Expr* as_identifier(const Expr& expr, const ResolvedName& resolved);

  // Fields.
  const Type* field_type(const Expr& expr, const Type& operand, std::string_view field, bool optional);
  const Type* structure_field(std::string_view object_type, std::string_view field, std::uint32_t at);
  void check_field_value(const ExprEntry& entry, const Type* wanted);

  // Overloads.
  void resolve_overload(const Expr& call, std::span<const Type* const> arguments);
  void resolve_logical(const Expr& call, std::span<const Type* const> arguments);
  bool is_disabled(std::uint32_t overload) const;
  void report_no_overload(const Expr& call, std::span<const Type* const> arguments);

  // Aggregates.
  const Type* join(const Type* previous, const Type* current);
  const Type* without_optional(const Expr& element, const Type& type);

  // Comprehensions: the types of the loop variables.
  std::pair<const Type*, const Type*> iteration_types(const Comprehension& comprehension);

  const Type* type_of(const Expr& expr) const { return ast_.types[static_cast<std::size_t>(expr.id)]; }
  void set_type(const Expr& expr, const Type* type) { ast_.types[static_cast<std::size_t>(expr.id)] = type; }
  void set_reference(const Expr& expr, const Reference& reference) {
    ast_.references[static_cast<std::size_t>(expr.id)] = reference;
  }
  void expect_type(const Expr& expr, const Type& wanted);
  const Expr* changed(const Expr& expr) { return ast_.arena->create<Expr>(expr); }

  void report(std::uint32_t at, std::string message, std::string hint = {});
  void report_mismatch(const Expr& expr, const Type& expected, const Type& actual);
  void report_undeclared(const Expr& expr, std::string_view name, bool function);
  std::string name_hint(std::string_view name) const;
  std::string function_hint(std::string_view name) const;

  const Environment& environment_;
  Ast& ast_;
  Unifier unifier_;
  std::vector<LocalVariable> locals_;  // innermost last
  std::vector<Diagnostic> diagnostics_;
  bool numeric_comparison_across_types_;
};

}  // namespace kastell::cel
