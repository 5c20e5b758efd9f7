// From text to a checked tree: parse(), check(), compile() = both.
//
// Diagnostics point into the expression; to_text() prints them with the source line and a caret.
#pragma once

#include <string>
#include <vector>

#include "cel/ast.h"
#include "cel/environment.h"

namespace kastell::cel {

struct Diagnostic {
  std::string message;       // cel-go's wording where users know it ("undeclared reference to 'x' (in container '')")
  std::uint32_t offset = 0;  // byte offset into the expression
  std::string hint = {};     // "did you mean 'startsWith'?"; may be empty
};

// Line and column (1-based, columns in code points) of an offset in an expression.
struct LineColumn {
  std::uint32_t line, column;
};
LineColumn line_column(std::string_view text, std::uint32_t offset);

// The diagnostics as a compiler prints them: message, source line, caret, hint.
std::string to_text(std::string_view expression, std::span<const Diagnostic> diagnostics);

// A result, or what is wrong, in the order of the text.
template <typename T>
using Compiled = std::expected<T, std::vector<Diagnostic>>;

Compiled<Ast> parse(const Environment& environment, std::string_view text);
Compiled<Ast> check(const Environment& environment, Ast ast);
Compiled<Ast> compile(const Environment& environment, std::string_view text);

// An expression for a tree, minimal parentheses, macros written as macros.
std::string unparse(const Ast& ast, const Expr& expr);

}  // namespace kastell::cel
