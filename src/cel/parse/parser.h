// Tokens to tree: recursive descent for the grammar of the specification, precedence climbing for
// the binary operators. LanguageOptions::recursion_limit bounds, as in cel-go, so that both refuse
// the same expressions, how deep each grammar rule nests and how high the tree gets: a chain of
// operators or selections is as high as it is long.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/compile.h"
#include "cel/environment.h"
#include "cel/operators.h"
#include "cel/parse/node_factory.h"
#include "cel/parse/token.h"

namespace kastell::cel {

class Parser {
 public:
  // `text` lies in the arena of `ast`.
  Parser(const Environment& environment, Ast& ast, std::string_view text, std::vector<Token> tokens);

  // The tree, into the ast; what is wrong otherwise. After a syntax error parsing goes on behind the element or the
  // parenthesis that has it, if that has an end.
  std::vector<Diagnostic> run();

 private:
  // Grammar rules that nest. A rule's function returns null while a syntax error, which is then reported, has its way.
  enum class Rule : std::uint8_t { expression, relation, calculation };
  class Nesting;
  struct Elements {
    std::vector<const Expr*> exprs;
    std::vector<std::uint32_t> optional;  // numbers of the elements written [?x]
  };
  struct Chain;

  const Expr* expression();
  const Expr* conditional(const Expr* condition);
  const Expr* disjunction();
  const Expr* conjunction();
  const Expr* logical_chain(std::string_view function, TokenKind symbol, const Expr* (Parser::*operand)());
  const Expr* balance(const Chain& chain, std::size_t low, std::size_t high);
  const Expr* relation() { return binary(Rule::relation, operators::Precedence::relation); }
  const Expr* binary(Rule rule, operators::Precedence loosest);
  const Expr* unary();
  const Expr* repeated_prefix(std::string_view function);

  const Expr* member();
  const Expr* selection(const Expr& operand);
  const Expr* member_call(const Expr& operand, const Token& name);
  const Expr* subscript(const Expr& operand);

  const Expr* primary();
  const Expr* parenthesised();
  const Expr* literal();
  const Expr* name();
  const Expr* reserved_name(const Token& start, std::string_view word);
  const Expr* global_call(std::uint32_t begin, std::string_view function);
  const Expr* list();
  const Expr* map();
  bool entries(bool (Parser::*read_entry)(ExprEntry&), std::vector<ExprEntry>& found);
  bool map_entry(ExprEntry& entry);
  const Expr* structure(const Token& start);
  bool structure_entry(ExprEntry& entry);

  bool is_type_name_ahead() const;
  std::string_view read_type_name(bool absolute);
  std::string_view field_name(const Token& token);
  bool elements(TokenKind closing, Elements& found);
  bool closes(TokenKind closing, bool first);
  bool take_optional_mark();
  const Expr* element(TokenKind closing);
  const Expr* enclosed(TokenKind closing);
  bool recover(std::size_t begin, TokenKind closing, bool may_end_at_comma);

  const Expr* call_or_macro(NodeId id, Origin origin, std::string_view function, const Expr* target,
                            std::span<const Expr* const> arguments);

  const Expr* expanded(const Expr* expansion, const Expr* macro_call);
  const Expr* measured(const Expr* node) { return measure(node, *node); }
  const Expr* measure(const Expr* node, const Expr& written);
  std::uint32_t height_of(const Expr* expr) const;

  const Token& peek(std::size_t ahead = 0) const;
  bool at(TokenKind kind, std::size_t ahead = 0) const { return peek(ahead).kind == kind; }
  bool take(TokenKind kind);
  Token next();
  std::string_view text_of(const Token& token) const { return text_.substr(token.begin, token.end - token.begin); }
  std::uint32_t end_of_last_token() const { return at_ == 0 ? 0 : tokens_[at_ - 1].end; }

  bool expect(TokenKind kind, std::string_view wanted);
  std::nullptr_t unexpected(std::string_view wanted);
  void stop_at_recursion_limit();
  void report(std::string message, std::uint32_t offset);
  const Expr* placeholder(std::string message, const Token& token);
  const Expr* stand_in(const Token& token);

  const Environment& environment_;
  Ast& ast_;
  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  NodeFactory nodes_;
  std::vector<Diagnostic> diagnostics_;
  bool stopped_ = false;                   // by a limit
  bool lost_ = false;                      // by a syntax error, until what has it is left
  bool is_sound_ = true;                   // no syntax error so far
  std::array<std::uint32_t, 3> depths_{};  // of active rules
  std::vector<std::uint32_t> heights_;     // of trees, by id; those past the end have height 0
};

}  // namespace kastell::cel
