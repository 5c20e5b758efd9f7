// The parser's rules for operands: names, literals, aggregates, and what may follow them.
#include <algorithm>
#include <array>

#include "cel/parse/literal.h"
#include "cel/parse/nesting.h"
#include "cel/parse/parser.h"

namespace kastell::cel {

namespace {

// Words that no variable and no function may be called; the keywords of the lexer are not among
// them. They are good field names.
constexpr std::array<std::string_view, 17> reserved_words{
    "as",  "break", "const",   "continue",  "else",   "for", "function", "if",    "import",
    "let", "loop",  "package", "namespace", "return", "var", "void",     "while",
};

bool is_reserved(std::string_view word) {
  return std::ranges::find(reserved_words, word) != reserved_words.end();
}

Origin origin_of(const Token& token) {
  return {token.begin, token.end, token.begin};
}

}  // namespace

const Expr* Parser::member() {
  const Expr* expr = primary();
  while (expr != nullptr && (at(TokenKind::dot) || at(TokenKind::left_bracket))) {
    expr = at(TokenKind::dot) ? selection(*expr) : subscript(*expr);
  }
  return expr;
}

// operand.field, operand.?field, operand.function(…)
const Expr* Parser::selection(const Expr& operand) {
  const Token dot = next();
  const bool optional = take(TokenKind::question);
  const bool named = at(TokenKind::identifier) || at(TokenKind::escaped_identifier);
  if (!named) return unexpected("a field name");
  const Token token = next();
  if (!optional && token.kind == TokenKind::identifier && at(TokenKind::left_parenthesis)) {
    return member_call(operand, token);
  }
  const std::string_view field = field_name(token);
  const Origin origin{operand.begin, token.end, dot.begin};
  if (!optional) return measured(nodes_.select(nodes_.new_id(), origin, operand, field));
  if (!environment_.options().optional_types) report("unsupported syntax '.?'", dot.begin);
  const Expr* name = nodes_.literal(nodes_.new_id(), origin_of(token), make_string(field));
  return measured(
      nodes_.call(nodes_.new_id(), origin, operators::optional_select, nullptr, std::array{&operand, name}));
}

const Expr* Parser::member_call(const Expr& operand, const Token& name) {
  const Token open = next();
  const NodeId id = nodes_.new_id();
  Elements arguments;
  if (!elements(TokenKind::right_parenthesis, arguments)) return nullptr;
  return call_or_macro(id, {operand.begin, end_of_last_token(), open.begin}, text_of(name), &operand, arguments.exprs);
}

// operand[index], operand[?index]
const Expr* Parser::subscript(const Expr& operand) {
  const Token open = next();
  const NodeId id = nodes_.new_id();
  const bool optional = take(TokenKind::question);
  if (optional && !environment_.options().optional_types) report("unsupported syntax '[?'", open.begin);
  const Expr* index = enclosed(TokenKind::right_bracket);
  if (index == nullptr || !expect(TokenKind::right_bracket, "']'")) return nullptr;
  return measured(nodes_.call(id, {operand.begin, end_of_last_token(), open.begin},
                              optional ? operators::optional_index : operators::index, nullptr,
                              std::array{&operand, index}));
}

const Expr* Parser::primary() {
  switch (peek().kind) {
    case TokenKind::left_parenthesis: return parenthesised();
    case TokenKind::left_bracket: return list();
    case TokenKind::left_brace: return map();
    case TokenKind::dot:
    case TokenKind::identifier: return name();
    case TokenKind::minus:
    case TokenKind::int_literal:
    case TokenKind::uint_literal:
    case TokenKind::double_literal:
    case TokenKind::string_literal:
    case TokenKind::bytes_literal:
    case TokenKind::true_:
    case TokenKind::false_:
    case TokenKind::null: return literal();
    default: return unexpected("an expression");
  }
}

const Expr* Parser::parenthesised() {
  next();
  const Expr* inside = enclosed(TokenKind::right_parenthesis);
  return inside != nullptr && expect(TokenKind::right_parenthesis, "')'") ? inside : nullptr;
}

const Expr* Parser::literal() {
  const Token first = peek();
  const bool negative = take(TokenKind::minus);
  if (negative && !at(TokenKind::int_literal) && !at(TokenKind::double_literal)) return unexpected("a number");
  const Token token = next();
  const std::string_view text = text_.substr(first.begin, token.end - first.begin);
  // "- 1" is a literal too.
  std::string_view number = text;
  if (negative && token.begin != first.end) {
    number = nodes_.arena().copy("-" + std::string{text_of(token)});
  }
  const auto value = literal_value(nodes_.arena(), token.kind, number);
  if (!value) return placeholder(std::string{value.error()}, first);
  return nodes_.literal(nodes_.new_id(), {first.begin, token.end, first.begin}, *value);
}

// An identifier, a call, or the type name of a structure, each with or without a leading dot.
const Expr* Parser::name() {
  const Token start = peek();
  const bool absolute = take(TokenKind::dot);
  if (!at(TokenKind::identifier)) return unexpected("a name");
  if (is_type_name_ahead()) return structure(start);
  const Token token = next();
  std::string_view spelled = text_of(token);
  if (is_reserved(spelled)) return reserved_name(start, spelled);
  if (absolute) spelled = nodes_.arena().copy("." + std::string{spelled});
  if (at(TokenKind::left_parenthesis)) return global_call(start.begin, spelled);
  return nodes_.identifier(nodes_.new_id(), {start.begin, token.end, token.begin}, spelled);
}

// The arguments of a call by a reserved name are read, so that parsing goes on behind them.
const Expr* Parser::reserved_name(const Token& start, std::string_view word) {
  const Expr* stand_in = placeholder("reserved identifier: " + std::string{word}, start);
  Elements ignored;
  if (take(TokenKind::left_parenthesis) && !elements(TokenKind::right_parenthesis, ignored)) return nullptr;
  return stand_in;
}

const Expr* Parser::global_call(std::uint32_t begin, std::string_view function) {
  const Token open = next();
  const NodeId id = nodes_.new_id();
  Elements arguments;
  if (!elements(TokenKind::right_parenthesis, arguments)) return nullptr;
  return call_or_macro(id, {begin, end_of_last_token(), open.begin}, function, nullptr, arguments.exprs);
}

const Expr* Parser::list() {
  const Token open = next();
  const NodeId id = nodes_.new_id();
  Elements found;
  if (!elements(TokenKind::right_bracket, found)) return nullptr;
  return measured(nodes_.list(id, {open.begin, end_of_last_token(), open.begin}, found.exprs, found.optional));
}

const Expr* Parser::map() {
  const Token open = next();
  const NodeId id = nodes_.new_id();
  std::vector<ExprEntry> found;
  if (!entries(&Parser::map_entry, found)) return nullptr;
  return measured(nodes_.map(id, {open.begin, end_of_last_token(), open.begin}, found));
}

// Up to and including the closing brace.
bool Parser::entries(bool (Parser::*read_entry)(ExprEntry&), std::vector<ExprEntry>& found) {
  for (bool first = true; !closes(TokenKind::right_brace, first); first = false) {
    const std::size_t begin = at_;
    ExprEntry entry;
    entry.optional = take_optional_mark();
    if ((this->*read_entry)(entry)) {
      found.push_back(entry);
    } else if (!recover(begin, TokenKind::right_brace, true)) {
      return false;
    }
  }
  return !stopped_ && !lost_;
}

// The id of an entry comes before its key's, though it is the colon's: cel-go numbers them so.
bool Parser::map_entry(ExprEntry& entry) {
  entry.id = nodes_.new_id();
  entry.key = expression();
  if (entry.key == nullptr) return false;
  entry.at = peek().begin;
  if (!expect(TokenKind::colon, "':'")) return false;
  entry.value = expression();
  return entry.value != nullptr;
}

const Expr* Parser::structure(const Token& start) {
  const std::string_view type_name = read_type_name(start.kind == TokenKind::dot);
  const Token open = next();
  const NodeId id = nodes_.new_id();
  std::vector<ExprEntry> found;
  if (!entries(&Parser::structure_entry, found)) return nullptr;
  return measured(nodes_.structure(id, {start.begin, end_of_last_token(), open.begin}, type_name, found));
}

bool Parser::structure_entry(ExprEntry& entry) {
  if (!at(TokenKind::identifier) && !at(TokenKind::escaped_identifier)) {
    unexpected("a field name");
    return false;
  }
  entry.field = field_name(next());
  entry.id = nodes_.new_id();
  entry.at = peek().begin;
  if (!expect(TokenKind::colon, "':'")) return false;
  entry.value = expression();
  return entry.value != nullptr;
}

// Whether name(.name)*{ follows: nothing else may stand before a brace.
bool Parser::is_type_name_ahead() const {
  std::size_t ahead = 1;
  while (at(TokenKind::dot, ahead) && at(TokenKind::identifier, ahead + 1)) ahead += 2;
  return at(TokenKind::left_brace, ahead);
}

std::string_view Parser::read_type_name(bool absolute) {
  std::string name{absolute ? "." : ""};
  name += text_of(next());
  while (take(TokenKind::dot)) {
    name += '.';
    name += text_of(next());
  }
  return nodes_.arena().copy(name);
}

// Call arguments and list elements, up to and including `closing`.
bool Parser::elements(TokenKind closing, Elements& found) {
  while (!closes(closing, found.exprs.empty())) {
    const bool is_list = closing == TokenKind::right_bracket;
    if (is_list && take_optional_mark()) found.optional.push_back(static_cast<std::uint32_t>(found.exprs.size()));
    const Expr* expr = element(closing);
    if (expr == nullptr) return false;
    found.exprs.push_back(expr);
  }
  return !stopped_ && !lost_;
}

const Expr* Parser::element(TokenKind closing) {
  const std::size_t begin = at_;
  const Expr* expr = expression();
  return expr != nullptr || !recover(begin, closing, true) ? expr : stand_in(peek());
}

const Expr* Parser::enclosed(TokenKind closing) {
  const std::size_t begin = at_;
  const Expr* expr = expression();
  return expr != nullptr || !recover(begin, closing, false) ? expr : stand_in(peek());
}

namespace {

// How much deeper in brackets what follows is.
int deeper(TokenKind kind) {
  switch (kind) {
    case TokenKind::left_parenthesis:
    case TokenKind::left_bracket:
    case TokenKind::left_brace: return 1;
    case TokenKind::right_parenthesis:
    case TokenKind::right_bracket:
    case TokenKind::right_brace: return -1;
    default: return 0;
  }
}

}  // namespace

// After a syntax error in what began at token `begin`: goes to the bracket (or comma) that ends it. False if none does.
bool Parser::recover(std::size_t begin, TokenKind closing, bool may_end_at_comma) {
  if (stopped_) return false;
  int depth = 0;
  for (std::size_t i = begin; tokens_[i].kind != TokenKind::end; ++i) {
    const TokenKind kind = tokens_[i].kind;
    if (depth == 0 && i >= at_ && (kind == closing || (may_end_at_comma && kind == TokenKind::comma))) {
      at_ = i;
      lost_ = false;
      return true;
    }
    depth += deeper(kind);
    if (depth < 0) return false;
  }
  return false;
}

// Between the elements of a sequence: true at its end, which is taken, or when a syntax error leaves no end. A comma
// may trail, but not in calls.
bool Parser::closes(TokenKind closing, bool first) {
  if (take(closing)) return true;
  const bool may_trail = closing != TokenKind::right_parenthesis;
  if (may_trail && at(TokenKind::comma) && at(closing, 1)) {
    next();
    return take(closing);
  }
  if (first || take(TokenKind::comma)) return false;
  unexpected(closing == TokenKind::right_parenthesis ? "',' or ')'"
             : closing == TokenKind::right_bracket   ? "',' or ']'"
                                                     : "',' or '}'");
  if (!recover(at_, closing, true)) return true;
  return take(closing) || !take(TokenKind::comma);
}

bool Parser::take_optional_mark() {
  const std::uint32_t offset = peek().begin;
  if (!take(TokenKind::question)) return false;
  if (!environment_.options().optional_types) report("unsupported syntax '?'", offset);
  return true;
}

std::string_view Parser::field_name(const Token& token) {
  const std::string_view text = text_of(token);
  if (token.kind == TokenKind::identifier) return text;
  if (!environment_.options().backtick_fields) report("unsupported syntax: '`'", token.begin);
  return text.substr(1, text.size() - 2);
}

}  // namespace kastell::cel
