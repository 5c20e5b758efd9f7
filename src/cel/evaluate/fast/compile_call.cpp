#include <algorithm>
#include <bit>
#include <functional>

#include "base/text.h"
#include "cel/evaluate/constant.h"
#include "cel/evaluate/fast/closed.h"
#include "cel/evaluate/fast/compiler.h"
#include "cel/evaluate/names.h"
#include "cel/evaluate/shape.h"
#include "cel/operators.h"

namespace kastell::cel::fast {

namespace {

struct Comparison {
  std::string_view function;
  BinaryNode::Form form;
};

constexpr Comparison comparisons[] = {
    {"_==_", BinaryNode::Form::equals}, {"_!=_", BinaryNode::Form::not_equals},
    {"_<_", BinaryNode::Form::less},    {"_<=_", BinaryNode::Form::less_equals},
    {"_>_", BinaryNode::Form::greater}, {"_>=_", BinaryNode::Form::greater_equals},
};

BinaryNode::Form form_of(std::string_view function) {
  for (const Comparison& comparison : comparisons) {
    if (comparison.function == function) return comparison.form;
  }
  return BinaryNode::Form::general;
}

bool is_text(const Expr& expr) {
  return expr.kind == ExprKind::literal && expr.literal.is_string();
}

// Strings longer than this are compared in the general way, whose cost is the size of both.
constexpr std::size_t longest_constant_text = 10'000;

}  // namespace

const Node* Compiler::compile_call(const Expr& expr) {
  if (expr.name == operators::logical_and || expr.name == operators::logical_or) return compile_logic(expr);
  if (is_optional_or(expr)) return compile_or_value(expr);
  if (is_constant_set_test(environment_, ast_, expr)) return compile_set_test(expr);
  return compile_function(expr);
}

const Node* Compiler::compile_logic(const Expr& expr) {
  const bool is_or = expr.name == operators::logical_or;
  if (expr.arguments.size() != 2) return failure(expr, "logical operators take two operands");
  std::vector<LogicOperand> operands;
  collect_operands(expr, operands);
  const auto kept = parts_.nodes.copy(std::span<const LogicOperand>(operands));
  const auto fill = [&](auto* node) {
    node->operands = kept.data();
    node->size = static_cast<std::uint32_t>(kept.size());
    return static_cast<const Node*>(node);
  };
  return is_or ? fill(make<LogicNode<true>>(expr)) : fill(make<LogicNode<false>>(expr));
}

// Whether an operand's own operands may be asked in its place: nothing else is made of it.
bool Compiler::is_joined(const Expr& operand, const Expr& expr) const {
  return options_.optimise && operand.kind == ExprKind::call && operand.name == expr.name &&
         operand.arguments.size() == 2 && !is_closed(environment_, ast_, operand);
}

void Compiler::collect_operands(const Expr& expr, std::vector<LogicOperand>& into) {
  const std::size_t outer = known_.size();
  for (const Expr* operand : expr.arguments) {
    if (is_joined(*operand, expr)) {
      collect_operands(*operand, into);
    } else {
      into.push_back({compile(*operand), expr.id});
    }
    learn_from(*operand, expr.name == operators::logical_and);
  }
  known_.resize(outer);
}

const Node* Compiler::compile_not(const Expr& expr) {
  const Node* operand = compile(*expr.arguments[0]);
  if (operand->code == &PathTestNode::execute<true> || operand->code == &PathTestNode::execute<false>) {
    AbsenceTestNode* absence = parts_.nodes.create<AbsenceTestNode>(static_cast<const PathTestNode&>(*operand));
    set_code(*absence, options_.count_cost);
    absence->id = expr.id;
    return absence;
  }
  NotNode* node = make<NotNode>(expr);
  node->operand = operand;
  return node;
}

// What holds after `condition` came out as `when`: presence tests that were true left the elements
// they found. Where the condition fails instead, their slots are null and nothing is assumed.
void Compiler::learn_from(const Expr& condition, bool when) {
  if (!options_.optimise) return;
  if (condition.kind == ExprKind::call && condition.operand == nullptr) {
    if (condition.name == operators::logical_not) return learn_from(*condition.arguments[0], !when);
    const auto joined = when ? operators::logical_and : operators::logical_or;
    if (condition.name == joined) {
      for (const Expr* operand : condition.arguments) learn_from(*operand, when);
    }
    return;
  }
  if (!when || !condition.test_only) return;
  const auto found = remembered_.find(&condition);
  if (found != remembered_.end()) known_.push_back(found->second);
}

const Node* Compiler::compile_or_value(const Expr& expr) {
  OrValueNode* node = make<OrValueNode>(expr);
  const Expr& first = *expr.operand;
  const bool walks = is_attribute(ast_, first) && !first.test_only && !is_closed(environment_, ast_, first);
  node->first = compile(first, walks ? Position::part : Position::expression);
  node->first_attribute = walks ? as_attribute(first, node->first) : nullptr;
  // An unknown name: a constant error, which is charged like the attribute it stands for.
  if (walks && node->first_attribute == nullptr) node->first = compile(first);
  node->own = has_conditional_root(ast_, first) ? 0 : 1;
  node->second = compile(*expr.arguments[0]);
  node->unwraps = expr.name == "orValue";
  return node;
}

const Node* Compiler::compile_set_test(const Expr& expr) {
  const Expr& list = *expr.arguments[1];
  if (list.arguments.empty()) return constant(make_bool(false));  // the element is not even evaluated
  ConstantSetNode* node = make<ConstantSetNode>(expr);
  node->list = static_cast<const ConstantNode*>(compile(list))->value;
  node->operand = compile(*expr.arguments[0]);
  node->as_set = true;
  const auto elements = node->list.as_list();
  if (!std::all_of(elements.begin(), elements.end(), [](const Value& v) { return v.is_string(); })) return node;
  const std::uint32_t capacity = std::bit_ceil(static_cast<std::uint32_t>(elements.size()) * 2 + 1);
  auto* index = parts_.nodes.allocate_array<std::uint32_t>(capacity);
  std::fill_n(index, capacity, 0U);
  for (std::uint32_t i = 0; i < elements.size(); ++i) {
    std::size_t slot = std::hash<std::string_view>{}(elements[i].as_string());
    while (index[slot & (capacity - 1)] != 0) ++slot;
    index[slot & (capacity - 1)] = i + 1;
  }
  node->index = index;
  node->index_mask = capacity - 1;
  return node;
}

Candidates Compiler::keep(Candidates candidates) {
  return parts_.nodes.copy(candidates);
}

const Node* Compiler::compile_function(const Expr& expr) {
  const ResolvedFunction resolved = resolve_function(environment_, ast_, expr);
  const Candidates candidates = keep(resolved.candidates);
  if (resolved.function == operators::not_strictly_false && expr.arguments.size() == 1) {
    NotStrictlyFalseNode* node = make<NotStrictlyFalseNode>(expr);
    node->operand = compile(*expr.arguments[0]);
    return node;
  }
  if (options_.optimise) {
    if (const Node* node = compile_operator(expr, resolved.function, candidates)) return node;
    if (const Node* node = compile_regex(expr, resolved)) return node;
  }
  CallNode* node = make<CallNode>(expr);
  node->function = resolved.function;
  node->candidates = candidates;
  node->operation = find_operator(resolved.function);
  node->size = static_cast<std::uint32_t>(resolved.operands.size());
  node->stops_at_error = stops_at_error(environment_, ast_, resolved);
  auto* operands = parts_.nodes.allocate_array<const Node*>(node->size);
  for (std::uint32_t i = 0; i < node->size; ++i) operands[i] = compile(*resolved.operands[i]);
  node->operands = operands;
  return node;
}

const Node* Compiler::compile_operator(const Expr& expr, std::string_view function, Candidates candidates) {
  const Implementation operation = find_operator(function);
  if (operation == nullptr || expr.operand != nullptr) return nullptr;
  if (function == operators::logical_not && expr.arguments.size() == 1) return compile_not(expr);
  if (expr.arguments.size() != 2) return nullptr;
  if (const Node* node = compile_text_equality(expr)) return node;
  BinaryNode* node = make<BinaryNode>(expr);
  node->form = form_of(function);
  node->operation = operation;
  node->cost = shared_cost(environment_, candidates);
  for (int i = 0; i < 2; ++i) node->operands[i] = compile(*expr.arguments[static_cast<std::size_t>(i)]);
  return node;
}

const Node* Compiler::compile_text_equality(const Expr& expr) {
  const BinaryNode::Form form = form_of(expr.name);
  if (form != BinaryNode::Form::equals && form != BinaryNode::Form::not_equals) return nullptr;
  const bool second = is_text(*expr.arguments[1]);
  if (!second || expr.arguments[1]->literal.size > longest_constant_text) return nullptr;
  TextEqualityNode* node = make<TextEqualityNode>(expr);
  node->operand = compile(*expr.arguments[0]);
  node->text = expr.arguments[1]->literal;
  node->text_size = static_cast<std::uint32_t>(count_code_points(node->text.as_string()));
  node->negated = form == BinaryNode::Form::not_equals;
  return node;
}

const Node* Compiler::compile_regex(const Expr& expr, const ResolvedFunction& resolved) {
  if (expr.name != "matches" || resolved.operands.size() != 2) return nullptr;
  const Expr& pattern = *resolved.operands[1];
  if (!is_text(pattern)) return nullptr;
  auto regex = std::make_unique<LateRegex>(pattern.literal.as_string());
  if (!options_.constants_are_sound && !regex->compiles()) return nullptr;
  RegexNode* node = make<RegexNode>(expr);
  node->text = compile(*resolved.operands[0]);
  node->regex = regex.get();
  node->pattern = pattern.literal;
  node->candidates = keep(resolved.candidates);
  node->stops_at_error = stops_at_error(environment_, ast_, resolved);
  parts_.regexes.push_back(std::move(regex));
  return node;
}

}  // namespace kastell::cel::fast
