#include "cel/evaluate/fast/compiler.h"

#include <algorithm>

#include "cel/evaluate/constant.h"
#include "cel/evaluate/fast/closed.h"
#include "cel/evaluate/fast/collection.h"
#include "cel/evaluate/naive.h"
#include "cel/evaluate/shape.h"

namespace kastell::cel::fast {

namespace {

// Work done in advance is bounded; what costs more is left for run time.
constexpr std::uint64_t folding_budget = 10'000;

}  // namespace

Compiler::Compiler(const Environment& environment, const Ast& ast, const ProgramOptions& options, CodeParts& parts)
    : environment_(environment), ast_(ast), options_(options), parts_(parts) {
  // Slot 0 is never a local: 0 means «none» where a slot is optional.
  parts_.frame_size = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(environment.variables().size()));
}

void Compiler::compile() {
  parts_.root = compile(*ast_.root);
}

const Node* Compiler::compile(const Expr& expr, Position position) {
  if (expr.kind == ExprKind::literal) return constant(expr.literal);
  if (const Value* value = constant_reference(ast_, expr)) return constant(*value);
  if (options_.optimise || is_constant(environment_, ast_, expr)) {
    if (const Node* node = compile_constant(expr, position)) return node;
  }
  if (is_attribute(ast_, expr)) return compile_attribute(expr, position);
  switch (expr.kind) {
    case ExprKind::call: return compile_call(expr);
    case ExprKind::list: return compile_list(expr);
    case ExprKind::map: return compile_map(expr);
    case ExprKind::comprehension: return compile_loop(expr);
    default: return compile_structure(expr);
  }
}

// The value and cost of an expression that depends on nothing; null if it is not one. The naive
// evaluator says what they are.
const Node* Compiler::compile_constant(const Expr& expr, Position position) {
  const bool costs_differ = position == Position::part && is_attribute(ast_, expr);
  if (costs_differ || !is_closed(environment_, ast_, expr)) return nullptr;
  parts_.constants.budget.cost = folding_budget;
  const Value value = NaiveEvaluator(environment_, ast_, parts_.constants, {}).run(expr);
  const std::uint64_t cost = parts_.constants.cost();
  return cost > folding_budget ? nullptr : constant(value, cost);
}

const Node* Compiler::constant(const Value& value, std::uint64_t cost) {
  ConstantNode* node = make<ConstantNode>(*ast_.root);
  node->value = value;
  node->cost = cost;
  return node;
}

const Node* Compiler::failure(const Expr& expr, std::string message) {
  Arena& arena = parts_.constants.arena();
  return constant(with_expr_id(arena, make_error(arena, message), expr.id));
}

const Node* Compiler::compile_list(const Expr& expr) {
  ListNode* node = make<ListNode>(expr);
  node->size = static_cast<std::uint32_t>(expr.arguments.size());
  auto* items = parts_.nodes.allocate_array<const Node*>(node->size);
  for (std::uint32_t i = 0; i < node->size; ++i) items[i] = compile(*expr.arguments[i]);
  node->items = items;
  if (!expr.optional_elements.empty()) {
    auto* optional = parts_.nodes.allocate_array<bool>(node->size);
    std::fill_n(optional, node->size, false);
    for (const std::uint32_t at : expr.optional_elements) optional[at] = true;
    node->optional = optional;
  }
  return node;
}

const Node* Compiler::compile_structure(const Expr& expr) {
  StructureNode* node = make<StructureNode>(expr);
  node->type = structure_type_name(environment_, ast_, expr);
  node->size = static_cast<std::uint32_t>(expr.entries.size());
  auto* fields = parts_.nodes.allocate_array<StructureNode::Field>(node->size);
  for (std::uint32_t i = 0; i < node->size; ++i) {
    const ExprEntry& entry = expr.entries[i];
    fields[i] = {entry.field, compile(*entry.value), entry.optional};
  }
  node->fields = fields;
  return node;
}

const Node* Compiler::compile_map(const Expr& expr) {
  MapNode* node = make<MapNode>(expr);
  node->size = static_cast<std::uint32_t>(expr.entries.size());
  auto* entries = parts_.nodes.allocate_array<MapNode::Entry>(node->size);
  for (std::uint32_t i = 0; i < node->size; ++i) {
    const ExprEntry& entry = expr.entries[i];
    entries[i] = {compile(*entry.key), compile(*entry.value), entry.optional};
  }
  node->entries = entries;
  return node;
}

}  // namespace kastell::cel::fast
