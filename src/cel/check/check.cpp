#include "cel/check/checker.h"
#include "cel/check/literal_validation.h"
#include "cel/compile.h"
#include "cel/diagnostics.h"

namespace kastell::cel {

Compiled<Ast> check(const Environment& environment, Ast ast) {
  std::vector<Diagnostic> diagnostics = Checker(environment, ast).run();
  if (diagnostics.empty()) diagnostics = validate_literals(environment, ast);
  if (!diagnostics.empty()) return std::unexpected(in_text_order(std::move(diagnostics)));
  return ast;
}

Compiled<Ast> compile(const Environment& environment, std::string_view text) {
  Compiled<Ast> parsed = parse(environment, text);
  return parsed ? check(environment, std::move(*parsed)) : parsed;
}

}  // namespace kastell::cel
