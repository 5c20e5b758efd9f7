// What cel-go's planner turns into constants when Kubernetes asks it to (OptOptimize). It decides what
// an expression costs, so both engines must know it.
#pragma once

#include "cel/ast.h"
#include "cel/environment.h"

namespace kastell::cel {

// What the checker found for the node, or null.
const Reference* find_reference(const Ast& ast, const Expr& expr);

// The constant that an identifier or a qualified name stands for (a type name), or null.
const Value* constant_reference(const Ast& ast, const Expr& expr);

// Literals, type names, and with LanguageOptions::constant_folding also lists and maps of constants and
// conversions of constants.
bool is_constant(const Environment& environment, const Ast& ast, const Expr& expr);

// A constant that is a string: a literal, or with constant_folding string(1.5) and dyn('a').
bool is_constant_text(const Environment& environment, const Ast& ast, const Expr& expr);

// `x in [constants]` that cel-go answers from a set, free of cost: lists of bools, numbers and strings.
bool is_constant_set_test(const Environment& environment, const Ast& ast, const Expr& call);

// Membership in such a set: an element is found by value and by its lossless numeric conversions.
bool constant_set_contains(const Value& list, const Value& value);

}  // namespace kastell::cel
