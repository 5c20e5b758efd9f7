#include <algorithm>

#include "cel/evaluate/constant.h"
#include "cel/evaluate/fast/compiler.h"
#include "cel/evaluate/names.h"
#include "cel/evaluate/shape.h"
#include "cel/operators.h"

namespace kastell::cel::fast {

// A root and what is read of it, outermost last.
struct Compiler::Chain {
  const Expr* root = nullptr;
  std::vector<const Expr*> links;
};

namespace {

bool has_constant_name(const Expr& link) {
  return link.kind == ExprKind::select;
}

}  // namespace

// The node as something to continue, if the expression is an attribute and was not folded.
const AttributeNode* Compiler::as_attribute(const Expr& expr, const Node* node) const {
  const auto execute_constant = options_.count_cost ? &ConstantNode::execute<true> : &ConstantNode::execute<false>;
  if (!is_attribute(ast_, expr) || node->code == execute_constant) return nullptr;
  return static_cast<const AttributeNode*>(node);
}

Compiler::Chain Compiler::unwind(const Expr& expr) {
  Chain chain;
  const Expr* at = &expr;
  for (;;) {
    const bool is_one_name = at->kind == ExprKind::select && !at->test_only &&
                             (find_variable(*at).has_value() || is_unchecked_constant(*at));
    if (!is_attribute(ast_, *at) || is_one_name) break;
    if (at->kind != ExprKind::select && !is_index(*at)) break;
    chain.links.push_back(at);
    at = at->kind == ExprKind::select ? at->operand : at->arguments[0];
  }
  std::reverse(chain.links.begin(), chain.links.end());
  chain.root = at;
  return chain;
}

const Node* Compiler::compile_attribute(const Expr& expr, Position position) {
  const Chain chain = unwind(expr);
  if (chain.links.empty()) {
    return is_conditional(expr) ? compile_conditional(expr, position) : compile_name(expr, position);
  }
  const bool names_only =
      std::all_of(chain.links.begin(), chain.links.end(), [](const Expr* link) { return has_constant_name(*link); });
  const bool tests_inside =
      std::any_of(chain.links.begin(), chain.links.end() - 1, [](const Expr* link) { return link->test_only; });
  const bool tests_as_part = position == Position::part && expr.test_only;
  if (options_.optimise && names_only && !tests_inside && !tests_as_part && find_plain_slot(*chain.root)) {
    return compile_path(expr, chain, position);
  }
  return compile_chain(expr, chain, position);
}

Step Compiler::make_step(const Expr& expr) {
  Step step;
  step.id = expr.id;
  step.tests = expr.test_only;
  Arena& arena = parts_.constants.arena();
  if (has_constant_name(expr)) {
    step.key = make_string(expr.name);
  } else {
    step.optional = expr.name != operators::index;
    const Expr& key = *expr.arguments[1];
    if (key.kind != ExprKind::literal) {
      step.computed = compile(key, Position::part);
      return step;
    }
    step.key = key.literal;
  }
  if (!step.key.is_string()) return step;
  step.named = true;
  step.symbol = environment_.symbols().intern(step.key.as_string());
  const std::string message = std::string("no such key: ").append(step.key.as_string());
  step.missing = with_expr_id(arena, make_error(arena, message), expr.id);
  return step;
}

// `walked`: how many of the links are walked whatever comes out; a test does not walk its last.
void Compiler::fill_path(PathNode& node, const Chain& chain, std::uint32_t walked) {
  node.slot = *find_plain_slot(*chain.root);
  node.size = static_cast<std::uint32_t>(chain.links.size());
  // Beside the node: they are all that most walks read.
  auto* symbols = parts_.nodes.allocate_array<Symbol>(node.size);
  auto* steps = parts_.nodes.allocate_array<Step>(node.size);
  for (std::uint32_t i = 0; i < node.size; ++i) {
    steps[i] = make_step(*chain.links[i]);
    symbols[i] = steps[i].symbol;
  }
  node.steps = steps;
  node.symbols = symbols;
  node.shortcut = find_shortcut(node.slot, {symbols, walked});
}

const Node* Compiler::compile_path(const Expr& expr, const Chain& chain, Position position) {
  if (expr.test_only) return compile_path_test(expr, chain);
  PathNode* node = make<PathNode>(expr);
  node->own = position == Position::expression ? 1 : 0;
  fill_path(*node, chain, static_cast<std::uint32_t>(chain.links.size()));
  return node;
}

// has(a.b) costs what a costs under Kubernetes' rule; otherwise it costs what a.b does.
const Node* Compiler::compile_path_test(const Expr& expr, const Chain& chain) {
  PathTestNode* node = make<PathTestNode>(expr);
  fill_path(*node, chain, static_cast<std::uint32_t>(chain.links.size() - 1));
  node->test_cost = environment_.options().presence_test_has_no_cost ? 0 : 1;
  node->remember = new_slot();
  remembered_[&expr] = {
      .root = node->slot, .path = {node->symbols, node->symbols + node->size}, .slot = node->remember};
  return node;
}

const Node* Compiler::compile_chain(const Expr& expr, const Chain& chain, Position position) {
  ChainNode* node = make<ChainNode>(expr);
  node->root = compile(*chain.root, is_attribute(ast_, *chain.root) ? Position::part : Position::expression);
  node->root_attribute = as_attribute(*chain.root, node->root);
  node->size = static_cast<std::uint32_t>(chain.links.size());
  auto* steps = parts_.nodes.allocate_array<Step>(node->size);
  for (std::uint32_t i = 0; i < node->size; ++i) steps[i] = make_step(*chain.links[i]);
  node->steps = steps;
  const bool is_evaluated = position == Position::expression;
  node->as_bool = is_evaluated && expr.test_only;
  node->own = is_evaluated && !is_conditional(*chain.root) ? 1 : 0;
  if (node->as_bool && environment_.options().presence_test_has_no_cost) --node->own;
  return node;
}

const Node* Compiler::compile_conditional(const Expr& expr, Position) {
  ConditionalNode* node = make<ConditionalNode>(expr);
  const Expr& condition = *expr.arguments[0];
  node->condition = compile(condition);
  for (int i = 0; i < 2; ++i) {
    const std::size_t outer = known_.size();
    learn_from(condition, i == 0);
    const Expr& branch = *expr.arguments[static_cast<std::size_t>(i) + 1];
    node->branches[i] = compile(branch, Position::part);
    node->branch_attributes[i] = as_attribute(branch, node->branches[i]);
    known_.resize(outer);
  }
  return node;
}

const Node* Compiler::compile_name(const Expr& expr, Position position) {
  const auto own = static_cast<std::uint8_t>(position == Position::expression ? 1 : 0);
  const Local* local = find_local(expr);
  if (local != nullptr && local->initial != nullptr) {
    LazyNode* node = make<LazyNode>(expr);
    node->slot = local->slot;
    node->initial = local->initial;
    node->own = own;
    return node;
  }
  if (const auto slot = local != nullptr ? std::optional(local->slot) : find_variable(expr)) {
    FrameNode* node = make<FrameNode>(expr);
    node->slot = *slot;
    node->own = own;
    return node;
  }
  const Value* named = find_named_constant(expr);
  const Value missing = with_expr_id(
      parts_.constants.arena(),
      make_error(parts_.constants.arena(), std::string("no such attribute(s): ").append(resolved_name(expr))), expr.id);
  return constant(named != nullptr ? *named : missing, own);
}

Shortcut Compiler::find_shortcut(std::uint32_t root, std::span<const Symbol> path) const {
  Shortcut best;
  for (const Known& known : known_) {
    const bool is_prefix = known.root == root && known.path.size() <= path.size() &&
                           std::equal(known.path.begin(), known.path.end(), path.begin());
    if (is_prefix && known.path.size() > best.steps) {
      best = {known.slot, static_cast<std::uint32_t>(known.path.size())};
    }
  }
  return best;
}

std::string_view Compiler::resolved_name(const Expr& expr) const {
  const Reference* reference = find_reference(ast_, expr);
  return reference != nullptr && !reference->name.empty() ? std::string_view(reference->name) : expr.name;
}

bool Compiler::is_local(std::string_view name) const {
  return std::any_of(locals_.begin(), locals_.end(), [&](const Local& local) { return local.name == name; });
}

const Compiler::Local* Compiler::find_local(const Expr& expr) const {
  if (expr.kind != ExprKind::identifier || is_rooted(expr.name)) return nullptr;
  const std::string_view name = resolved_name(expr);
  const auto found =
      std::find_if(locals_.rbegin(), locals_.rend(), [&](const Local& local) { return local.name == name; });
  return found == locals_.rend() ? nullptr : &*found;
}

// The slot of a root that is simply there: a variable or a loop's variable.
std::optional<std::uint32_t> Compiler::find_plain_slot(const Expr& root) const {
  if (!is_attribute(ast_, root) || (root.kind != ExprKind::identifier && root.kind != ExprKind::select))
    return std::nullopt;
  if (const Local* local = find_local(root)) {
    return local->initial == nullptr ? std::optional(local->slot) : std::nullopt;
  }
  return find_variable(root);
}

// An identifier's variable, or that of a qualified name: checked by its reference, unchecked by its text.
std::optional<std::uint32_t> Compiler::find_variable(const Expr& expr) const {
  if (ast_.checked) {
    const bool is_name = expr.kind == ExprKind::identifier || find_reference(ast_, expr) != nullptr;
    return is_name ? environment_.find_variable(without_root(resolved_name(expr))) : std::nullopt;
  }
  const auto name = qualified_name(expr);
  if (!name || (!is_rooted(*name) && is_local(name->substr(0, name->find('.'))))) return std::nullopt;
  for (const std::string& candidate : candidate_names(environment_.container(), *name)) {
    if (const auto slot = environment_.find_variable(candidate)) return slot;
    if (environment_.find_constant(candidate) != nullptr) return std::nullopt;
  }
  return std::nullopt;
}

// a.b.C in an unchecked tree, where no reference tells that it is one name.
bool Compiler::is_unchecked_constant(const Expr& expr) const {
  if (ast_.checked) return false;
  const auto name = qualified_name(expr);
  if (!name || (!is_rooted(*name) && is_local(name->substr(0, name->find('.'))))) return false;
  return find_named_constant(expr) != nullptr;
}

const Value* Compiler::find_named_constant(const Expr& expr) const {
  if (ast_.checked) return environment_.find_constant(without_root(resolved_name(expr)));
  for (const std::string& candidate : candidate_names(environment_.container(), qualified_name(expr).value_or(""))) {
    if (const Value* value = environment_.find_constant(candidate)) return value;
  }
  return nullptr;
}

}  // namespace kastell::cel::fast
