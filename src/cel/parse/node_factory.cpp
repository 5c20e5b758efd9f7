#include "cel/parse/node_factory.h"

namespace kastell::cel {

Expr* NodeFactory::node(ExprKind kind, NodeId id, Origin origin) {
  Expr* expr = arena_.create<Expr>();
  expr->kind = kind;
  expr->id = id;
  expr->begin = origin.begin;
  expr->end = origin.end;
  expr->at = origin.at;
  return expr;
}

const Expr* NodeFactory::literal(NodeId id, Origin origin, Value value) {
  Expr* expr = node(ExprKind::literal, id, origin);
  expr->literal = value;
  return expr;
}

const Expr* NodeFactory::identifier(NodeId id, Origin origin, std::string_view name) {
  Expr* expr = node(ExprKind::identifier, id, origin);
  expr->name = name;
  return expr;
}

const Expr* NodeFactory::select(NodeId id, Origin origin, const Expr& operand, std::string_view field, bool test_only) {
  Expr* expr = node(ExprKind::select, id, origin);
  expr->operand = &operand;
  expr->name = field;
  expr->test_only = test_only;
  return expr;
}

const Expr* NodeFactory::call(NodeId id, Origin origin, std::string_view function, const Expr* target,
                              std::span<const Expr* const> arguments) {
  Expr* expr = node(ExprKind::call, id, origin);
  expr->name = function;
  expr->operand = target;
  expr->arguments = arena_.copy(arguments);
  return expr;
}

const Expr* NodeFactory::list(NodeId id, Origin origin, std::span<const Expr* const> elements,
                              std::span<const std::uint32_t> optional_elements) {
  Expr* expr = node(ExprKind::list, id, origin);
  expr->arguments = arena_.copy(elements);
  expr->optional_elements = arena_.copy(optional_elements);
  return expr;
}

const Expr* NodeFactory::map(NodeId id, Origin origin, std::span<const ExprEntry> entries) {
  Expr* expr = node(ExprKind::map, id, origin);
  expr->entries = arena_.copy(entries);
  return expr;
}

const Expr* NodeFactory::structure(NodeId id, Origin origin, std::string_view type_name,
                                   std::span<const ExprEntry> entries) {
  Expr* expr = node(ExprKind::structure, id, origin);
  expr->name = type_name;
  expr->entries = arena_.copy(entries);
  return expr;
}

const Expr* NodeFactory::comprehension(NodeId id, Origin origin, const Comprehension& comprehension) {
  Expr* expr = node(ExprKind::comprehension, id, origin);
  expr->comprehension = arena_.create<Comprehension>(comprehension);
  return expr;
}

}  // namespace kastell::cel
