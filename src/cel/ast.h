// The syntax tree of a CEL expression, macros expanded (cel.expr.Expr of the specification).
//
// Nodes lie in the arena of their Ast and are immutable after parsing. Ids count from 1 in the order
// in which the parser makes nodes; offsets are byte offsets into the expression's text.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/arena.h"
#include "cel/type.h"
#include "cel/value.h"

namespace kastell::cel {

enum class ExprKind : std::uint8_t { literal, identifier, select, call, list, map, structure, comprehension };

struct Expr;

struct ExprEntry {  // of a map or a structure literal
  std::int64_t id = 0;
  const Expr* key = nullptr;    // map only
  std::string_view field = {};  // structure only
  const Expr* value = nullptr;
  bool optional = false;  // {?key: value}
  std::uint32_t at = 0;   // the colon: where diagnostics about the entry point
};

// A fold (specification: Comprehension). The two-variable form has iteration_variable2.
struct Comprehension {
  std::string_view iteration_variable;
  std::string_view iteration_variable2;  // empty in the one-variable form
  const Expr* range = nullptr;
  std::string_view accumulator;  // "@result"
  const Expr* accumulator_start = nullptr;
  const Expr* loop_condition = nullptr;
  const Expr* loop_step = nullptr;
  const Expr* result = nullptr;
};

struct Expr {
  ExprKind kind = ExprKind::literal;
  bool test_only = false;  // select: has(a.b)
  std::int64_t id = 0;
  std::uint32_t begin = 0, end = 0;  // the source text it came from; for calls cel-go's position is `at`
  std::uint32_t at = 0;              // where diagnostics point (operator, '.', '(' …, as cel-go does)
  Value literal = {};                // literal
  std::string_view name = {};  // identifier; select: field; call: function ("_+_", "startsWith"); structure: type name
  const Expr* operand = nullptr;                          // select; call: target of a member call, else null
  std::span<const Expr* const> arguments = {};            // call: arguments without the target; list: elements
  std::span<const std::uint32_t> optional_elements = {};  // list: numbers of the elements written [?x]
  std::span<const ExprEntry> entries = {};                // map, structure
  const Comprehension* comprehension = nullptr;
};

// What the checker found for one expression node; all empty if there is nothing to find.
struct Reference {
  std::string_view name = {};  // identifiers and qualified names: the variable or enum/type resolved to
  std::span<const std::uint32_t> overloads = {};  // calls: candidate overloads, as numbers into the environment's table
  const Value* constant = nullptr;                // type names and constants
};

struct Ast {
  std::string text;
  std::shared_ptr<Arena> arena;
  const Expr* root = nullptr;
  std::int64_t node_count = 0;  // largest id used
  // Calls that a macro replaced, by the id of the expansion: for messages, and for unparsing.
  std::unordered_map<std::int64_t, const Expr*> macro_calls;
  // Empty until checked.
  bool checked = false;
  std::vector<const Type*> types;     // by expression id
  std::vector<Reference> references;  // by expression id

  const Type& type_of(const Expr& expr) const { return *types[static_cast<std::size_t>(expr.id)]; }
};

// Where diagnostics about the expression with this id point (Expr::at); nothing if the tree has no such node.
std::optional<std::uint32_t> position_of(const Ast& ast, std::int64_t id);

}  // namespace kastell::cel
