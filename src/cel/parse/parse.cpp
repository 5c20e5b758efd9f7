#include "cel/compile.h"

#include "base/text.h"
#include "cel/diagnostics.h"
#include "cel/parse/lexer.h"
#include "cel/parse/parser.h"

namespace kastell::cel {

namespace {

std::unexpected<std::vector<Diagnostic>> refuse(Diagnostic diagnostic) {
  return std::unexpected(std::vector<Diagnostic>{std::move(diagnostic)});
}

// What is wrong with the text as a whole; an empty message if nothing is.
Diagnostic text_problem(std::string_view text, std::uint32_t code_point_limit) {
  // Each code point takes at most four bytes: no need to look at more.
  const std::string limit = ", limit " + std::to_string(code_point_limit);
  if (text.size() / 4 > code_point_limit) {
    return {"expression code point size exceeds limit: size in bytes: " + std::to_string(text.size()) + limit};
  }
  if (const auto invalid = find_invalid_utf8(text)) {
    return {"expression is not valid UTF-8", static_cast<std::uint32_t>(*invalid)};
  }
  const std::size_t size = count_code_points(text);
  if (size <= code_point_limit) return {};
  return {"expression code point size exceeds limit: size: " + std::to_string(size) + limit};
}

}  // namespace

Compiled<Ast> parse(const Environment& environment, std::string_view text) {
  Diagnostic problem = text_problem(text, environment.options().code_point_limit);
  if (!problem.message.empty()) return refuse(std::move(problem));

  Ast ast;
  ast.text = text;
  ast.arena = std::make_shared<Arena>();
  // Names and literals are views of this copy: unlike ast.text, it never moves.
  const std::string_view lasting = ast.arena->copy(text);
  auto tokens = tokenise(lasting);
  if (!tokens) return refuse(std::move(tokens.error()));
  std::vector<Diagnostic> diagnostics = Parser(environment, ast, lasting, std::move(*tokens)).run();
  if (!diagnostics.empty()) return std::unexpected(in_text_order(std::move(diagnostics)));
  return ast;
}

}  // namespace kastell::cel
