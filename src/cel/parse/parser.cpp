#include "cel/parse/parser.h"

#include <algorithm>
#include <array>

#include "cel/parse/macro_expander.h"
#include "cel/parse/nesting.h"

namespace kastell::cel {

namespace {

constexpr std::size_t diagnostics_limit = 100;

struct BinaryOperator {
  TokenKind symbol;
  std::string_view function;
  operators::Precedence precedence;
};

using operators::Precedence;

constexpr std::array binary_operators{
    BinaryOperator{TokenKind::equals, operators::equals, Precedence::relation},
    BinaryOperator{TokenKind::not_equals, operators::not_equals, Precedence::relation},
    BinaryOperator{TokenKind::less, operators::less, Precedence::relation},
    BinaryOperator{TokenKind::less_equals, operators::less_equals, Precedence::relation},
    BinaryOperator{TokenKind::greater, operators::greater, Precedence::relation},
    BinaryOperator{TokenKind::greater_equals, operators::greater_equals, Precedence::relation},
    BinaryOperator{TokenKind::in, operators::in, Precedence::relation},
    BinaryOperator{TokenKind::plus, operators::add, Precedence::addition},
    BinaryOperator{TokenKind::minus, operators::subtract, Precedence::addition},
    BinaryOperator{TokenKind::star, operators::multiply, Precedence::multiplication},
    BinaryOperator{TokenKind::slash, operators::divide, Precedence::multiplication},
    BinaryOperator{TokenKind::percent, operators::modulo, Precedence::multiplication},
};

const BinaryOperator* find_binary(TokenKind symbol) {
  const auto* found = std::ranges::find(binary_operators, symbol, &BinaryOperator::symbol);
  return found == binary_operators.end() ? nullptr : found;
}

Precedence tighter(Precedence precedence) {
  return static_cast<Precedence>(static_cast<std::uint8_t>(precedence) - 1);
}

}  // namespace

Parser::Parser(const Environment& environment, Ast& ast, std::string_view text, std::vector<Token> tokens)
    : environment_(environment), ast_(ast), text_(text), tokens_(std::move(tokens)), nodes_(*ast.arena) {}

std::vector<Diagnostic> Parser::run() {
  ast_.root = expression();
  if (ast_.root != nullptr && !at(TokenKind::end)) unexpected("the end of the expression");
  ast_.node_count = nodes_.last_id();
  return std::move(diagnostics_);
}

const Expr* Parser::expression() {
  const Nesting nesting(*this, Rule::expression);
  if (!nesting) return nullptr;
  const Expr* first = disjunction();
  return first != nullptr && at(TokenKind::question) ? conditional(first) : first;
}

const Expr* Parser::conditional(const Expr* condition) {
  const Token question = next();
  const NodeId id = nodes_.new_id();
  const Expr* if_true = disjunction();
  if (if_true == nullptr || !expect(TokenKind::colon, "':'")) return nullptr;
  const Expr* if_false = expression();
  if (if_false == nullptr) return nullptr;
  return measured(nodes_.call(id, {condition->begin, if_false->end, question.begin}, operators::conditional, nullptr,
                              std::array{condition, if_true, if_false}));
}

// Terms of a && b && …, and for each operator between them its id and offset.
struct Parser::Chain {
  struct Link {
    NodeId id;
    std::uint32_t at;
  };
  std::string_view function;
  std::vector<const Expr*> terms;
  std::vector<Link> links;
};

const Expr* Parser::disjunction() {
  return logical_chain(operators::logical_or, TokenKind::logical_or, &Parser::conjunction);
}

const Expr* Parser::conjunction() {
  return logical_chain(operators::logical_and, TokenKind::logical_and, &Parser::relation);
}

const Expr* Parser::logical_chain(std::string_view function, TokenKind symbol, const Expr* (Parser::*operand)()) {
  const Expr* first = (this->*operand)();
  if (first == nullptr || !at(symbol)) return first;
  Chain chain{function, {first}, {}};
  while (at(symbol)) {
    const Token token = next();
    const Expr* term = (this->*operand)();
    if (term == nullptr) return nullptr;
    chain.terms.push_back(term);
    chain.links.push_back({nodes_.new_id(), token.begin});
  }
  return balance(chain, 0, chain.links.size() - 1);
}

// Both operators are associative and commutative, so chains become balanced trees, as in cel-go:
// the operator in the middle of low…high is the root.
const Expr* Parser::balance(const Chain& chain, std::size_t low, std::size_t high) {
  const std::size_t middle = (low + high + 1) / 2;
  const Expr* left = middle == low ? chain.terms[middle] : balance(chain, low, middle - 1);
  const Expr* right = middle == high ? chain.terms[middle + 1] : balance(chain, middle + 1, high);
  const Chain::Link& link = chain.links[middle];
  return measured(
      nodes_.call(link.id, {left->begin, right->end, link.at}, chain.function, nullptr, std::array{left, right}));
}

const Expr* Parser::binary(Rule rule, Precedence loosest) {
  const Nesting nesting(*this, rule);
  if (!nesting) return nullptr;
  const bool relational = rule == Rule::relation;
  const Expr* left = relational ? binary(Rule::calculation, Precedence::addition) : unary();
  while (left != nullptr) {
    const BinaryOperator* found = find_binary(peek().kind);
    if (found == nullptr || found->precedence > loosest) return left;
    const Token symbol = next();
    const NodeId id = nodes_.new_id();
    const Expr* right = binary(rule, tighter(found->precedence));
    if (right == nullptr) return nullptr;
    left = measured(
        nodes_.call(id, {left->begin, right->end, symbol.begin}, found->function, nullptr, std::array{left, right}));
  }
  return nullptr;
}

const Expr* Parser::unary() {
  if (at(TokenKind::exclamation)) return repeated_prefix(operators::logical_not);
  const bool signed_number = at(TokenKind::int_literal, 1) || at(TokenKind::double_literal, 1);
  if (at(TokenKind::minus) && !signed_number) return repeated_prefix(operators::negate);
  return member();
}

// An even number of the same prefix operator cancels out.
const Expr* Parser::repeated_prefix(std::string_view function) {
  const Token first = peek();
  bool odd = false;
  while (take(first.kind)) odd = !odd;
  const NodeId id = odd ? nodes_.new_id() : 0;
  const Expr* operand = member();
  if (operand == nullptr || !odd) return operand;
  return measured(nodes_.call(id, {first.begin, operand->end, first.begin}, function, nullptr, std::array{operand}));
}

const Expr* Parser::call_or_macro(NodeId id, Origin origin, std::string_view function, const Expr* target,
                                  std::span<const Expr* const> arguments) {
  // What stands in for an element with a syntax error is no argument to complain about.
  const Macro* macro = is_sound_ ? environment_.find_macro(function, target != nullptr, arguments.size()) : nullptr;
  if (macro != nullptr) {
    MacroExpander expander(nodes_, origin, diagnostics_);
    const Expr* expansion = macro->expand(expander, {target, arguments, id, origin.at});
    if (expansion != nullptr) return expanded(expansion, nodes_.call(0, origin, function, target, arguments));
  }
  return measured(nodes_.call(id, origin, function, target, arguments));
}

const Expr* Parser::expanded(const Expr* expansion, const Expr* macro_call) {
  if (nodes_.exhausted()) {
    report("expression node limit exceeded: " + std::to_string(NodeFactory::node_limit), macro_call->at);
    stopped_ = true;
    return nullptr;
  }
  ast_.macro_calls.emplace(expansion->id, macro_call);
  return measure(expansion, *macro_call);
}

namespace {

// Nodes that the grammar's rules with a choice of alternatives make; only these count in cel-go.
bool counts_as_deeper(const Expr& expr) {
  if (expr.kind == ExprKind::select || expr.operand != nullptr) return true;
  if (expr.kind != ExprKind::call) return false;
  const operators::Operator* known = operators::find(expr.name);
  if (known == nullptr || known->precedence == Precedence::unary) return false;
  return known->precedence != Precedence::conjunction && known->precedence != Precedence::disjunction;
}

}  // namespace

std::uint32_t Parser::height_of(const Expr* expr) const {
  const auto id = expr == nullptr ? 0 : static_cast<std::size_t>(expr->id);
  return id < heights_.size() ? heights_[id] : 0;
}

// Notes the height of the tree below a new node: of what was written, not of a macro's expansion.
const Expr* Parser::measure(const Expr* node, const Expr& written) {
  std::uint32_t height = height_of(written.operand);
  for (const Expr* argument : written.arguments) height = std::max(height, height_of(argument));
  for (const ExprEntry& entry : written.entries) {
    height = std::max({height, height_of(entry.key), height_of(entry.value)});
  }
  if (counts_as_deeper(written) && ++height > environment_.options().recursion_limit) {
    stop_at_recursion_limit();
    return nullptr;
  }
  const auto id = static_cast<std::size_t>(node->id);
  if (heights_.size() <= id) heights_.resize(id + 1);
  heights_[id] = height;
  return node;
}

const Token& Parser::peek(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

Token Parser::next() {
  const Token token = peek();
  if (at_ + 1 < tokens_.size()) ++at_;
  return token;
}

bool Parser::take(TokenKind kind) {
  if (!at(kind)) return false;
  next();
  return true;
}

bool Parser::expect(TokenKind kind, std::string_view wanted) {
  if (take(kind)) return true;
  unexpected(wanted);
  return false;
}

std::nullptr_t Parser::unexpected(std::string_view wanted) {
  if (stopped_ || lost_) return nullptr;
  const Token& token = peek();
  const std::string found = at(TokenKind::end) ? "<EOF>" : std::string{text_of(token)};
  report("Syntax error: mismatched input '" + found + "' expecting " + std::string{wanted}, token.begin);
  lost_ = true;
  is_sound_ = false;
  return nullptr;
}

void Parser::stop_at_recursion_limit() {
  if (stopped_ || lost_) return;
  report("expression recursion limit exceeded: " + std::to_string(environment_.options().recursion_limit),
         peek().begin);
  stopped_ = true;
}

void Parser::report(std::string message, std::uint32_t offset) {
  if (diagnostics_.size() < diagnostics_limit) diagnostics_.push_back({std::move(message), offset});
}

// For what could be read but means nothing, so that parsing can go on and find more.
const Expr* Parser::placeholder(std::string message, const Token& token) {
  report(std::move(message), token.begin);
  return stand_in(token);
}

const Expr* Parser::stand_in(const Token& token) {
  return nodes_.literal(nodes_.new_id(), {token.begin, token.end, token.begin}, make_null());
}

}  // namespace kastell::cel
