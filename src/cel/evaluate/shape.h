// What a node of the tree is to an evaluator.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "cel/ast.h"
#include "cel/environment.h"
#include "cel/evaluate/dispatch.h"

namespace kastell::cel {

// a[k], a[?k], a.?k: with two arguments, the value and the key.
bool is_index(const Expr& expr);
bool is_conditional(const Expr& expr);

// cel-go's attributes: variables, what is read of values, and c ? a : b. Reading further continues the
// same attribute, which matters to cost and to optionals.
bool is_attribute(const Ast& ast, const Expr& expr);
// Whether the innermost operand of an attribute is c ? a : b.
bool has_conditional_root(const Ast& ast, const Expr& expr);

// a.or(b), a.orValue(b)
bool is_optional_or(const Expr& expr);

// The function a call means, its operands (the target first), and the overloads it may run.
struct ResolvedFunction {
  std::string_view function;
  Candidates candidates;
  std::vector<const Expr*> operands;
};
ResolvedFunction resolve_function(const Environment& environment, const Ast& ast, const Expr& call);

// The full name of a structure's type. Unchecked, the container's candidates are tried.
Value construct_structure(const Environment& environment, CallContext& context, std::string_view type,
                          std::span<const StructureField> fields);
std::string_view structure_type_name(const Environment& environment, const Ast& ast, const Expr& structure);

// matches(), find() and findAll() with a constant pattern: compiled once, when the program is made.
bool has_constant_regex(const Environment& environment, const Ast& ast, const ResolvedFunction& function);

// cel-go evaluates both operands of a binary function before it looks for errors; of all other functions
// it stops at the first operand that is an error, and if that is not the last, does not charge the call. format()
// counts among these, and a regular expression that is compiled beforehand makes its function one of the latter.
bool stops_at_error(const Environment& environment, const Ast& ast, const ResolvedFunction& function);

}  // namespace kastell::cel
