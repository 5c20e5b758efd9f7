#include <string>
#include <vector>

#include "cel/evaluate/constant.h"
#include "cel/evaluate/engine_access.h"
#include "cel/evaluate/naive.h"
#include "cel/evaluate/names.h"
#include "cel/evaluate/qualify.h"
#include "cel/evaluate/shape.h"
#include "cel/operators.h"

namespace kastell::cel {

// An attribute costs 1 beside its qualifiers, a conditional nothing. Of a presence test Kubernetes
// takes that 1 back.
Value NaiveEvaluator::evaluate_attribute(const Expr& expr, Scope* scope) {
  const Attribute attribute = resolve(expr, scope);
  const bool takes_back = expr.test_only && environment_.options().presence_test_has_no_cost;
  if (!has_conditional_root(ast_, expr)) {
    if (!takes_back) count(1);
  } else if (takes_back && !free_of_cost_ && !cancelled_ && evaluation_.cost() > 0) {
    --EngineAccess::cost(evaluation_);
  }
  record(attribute);
  if (!expr.test_only || attribute.state == Attribute::State::failed) return finish(attribute);
  if (attribute.state == Attribute::State::none) return make_bool(false);
  return attribute.optional ? make_bool(true) : attribute.value;
}

NaiveEvaluator::Attribute NaiveEvaluator::resolve(const Expr& expr, Scope* scope) {
  if (expr.kind == ExprKind::identifier) return look_up(expr, scope);
  if (expr.kind == ExprKind::call) {
    return expr.name == operators::conditional ? resolve_conditional(expr, scope) : resolve_index(expr, scope);
  }
  if (!expr.test_only) {
    if (const auto variable = look_up_qualified(expr, scope)) return *variable;
  }
  const Attribute base = resolve_operand(*expr.operand, scope);
  const Value key = make_string(expr.name);
  return expr.test_only ? test(base, key, expr) : select(base, key, expr);
}

NaiveEvaluator::Attribute NaiveEvaluator::resolve_operand(const Expr& expr, Scope* scope) {
  if (depth_ == evaluation_depth_limit) return start(fail(expr, evaluation_depth_exceeded));
  if (!is_attribute(ast_, expr)) {
    Attribute root = start(evaluate(expr, scope));
    if (recorder_ != nullptr) root.origin = recorder_->find_origin(root.value);
    return root;
  }
  ++depth_;
  const Attribute attribute = resolve(expr, scope);
  --depth_;
  return attribute;
}

NaiveEvaluator::Attribute NaiveEvaluator::resolve_conditional(const Expr& expr, Scope* scope) {
  const Value condition = evaluate(*expr.arguments[0], scope);
  if (is_error(condition)) return start(condition);
  if (condition.kind != Kind::boolean) return start(fail(expr, no_such_overload));
  return resolve_operand(*expr.arguments[condition.boolean ? 1 : 2], scope);
}

NaiveEvaluator::Attribute NaiveEvaluator::resolve_index(const Expr& expr, Scope* scope) {
  Attribute base = resolve_operand(*expr.arguments[0], scope);
  if (base.state != Attribute::State::present) return base;
  base.optional = base.optional || expr.name != operators::index;
  const Expr& key_expr = *expr.arguments[1];
  const Value key = evaluate_key(key_expr, scope);
  if (!is_error(key)) return select(base, key, expr);
  if (!base.optional) count(1);
  return start(key);
}

// An attribute as a key costs nothing itself, only its qualifiers do.
Value NaiveEvaluator::evaluate_key(const Expr& expr, Scope* scope) {
  if (!is_attribute(ast_, expr)) return evaluate(expr, scope);
  const Attribute key = resolve_operand(expr, scope);
  record(key);
  return finish(key);
}

NaiveEvaluator::Attribute NaiveEvaluator::select(Attribute base, const Value& key, const Expr& expr) {
  if (base.state != Attribute::State::present) return base;
  step_down(base, key);
  if (!base.optional) {
    count(1);
    base.value = qualify(context_, base.value, key);
    return is_noticed(base.value) ? fail_at(base, label(base.value, expr)) : base;
  }
  const bool strict = environment_.options().strict_optional_access;
  const Presence found = qualify_optionally(context_, base.value, key, strict);
  if (is_error(found.problem)) return fail_at(base, label(found.problem, expr));
  if (found.element == nullptr) {
    base.state = Attribute::State::none;
    return base;
  }
  count(1);
  base.value = *found.element;
  return base;
}

// The last qualifier of has(): of a plain attribute it gives a bool and always costs, of an optional
// one it is like any other.
NaiveEvaluator::Attribute NaiveEvaluator::test(Attribute base, const Value& key, const Expr& expr) {
  if (base.state != Attribute::State::present || base.optional) return select(base, key, expr);
  step_down(base, key);
  count(1);
  const Presence found = qualify_if_present(context_, base.value, key);
  if (is_error(found.problem)) return fail_at(base, label(found.problem, expr));
  base.value = make_bool(found.element != nullptr);
  return base;
}

NaiveEvaluator::Attribute NaiveEvaluator::fail_at(Attribute attribute, const Value& error) {
  attribute.state = Attribute::State::failed;
  attribute.value = error;
  return attribute;
}

// An optional at the root is walked into.
NaiveEvaluator::Attribute NaiveEvaluator::start(const Value& root) {
  if (is_error(root)) return {.state = Attribute::State::failed, .value = root};
  if (root.kind != value_kind::optional) return {.value = root};
  if (as_optional(root) == nullptr) return {.state = Attribute::State::none, .optional = true};
  return {.optional = true, .value = *as_optional(root)};
}

Value NaiveEvaluator::finish(const Attribute& attribute) {
  if (attribute.state == Attribute::State::none) return make_none();
  if (attribute.state == Attribute::State::failed || !attribute.optional) return attribute.value;
  return make_optional(context_.arena, attribute.value);
}

NaiveEvaluator::Attribute NaiveEvaluator::look_up(const Expr& expr, Scope* scope) {
  const Reference* reference = find_reference(ast_, expr);
  const std::string_view name = reference != nullptr && !reference->name.empty() ? reference->name : expr.name;
  if (!is_rooted(expr.name)) {
    if (const auto local = look_up_local(name, scope)) return *local;
  }
  if (const auto global = look_up_global(name)) return *global;
  return start(fail(expr, std::string("no such attribute(s): ").append(name)));
}

// The scope that binds the name, and which of its variables it is; null if none does.
NaiveEvaluator::Binding NaiveEvaluator::find_local(std::string_view name, Scope* scope) {
  for (; scope != nullptr; scope = scope->parent) {
    if (name == scope->fold.accumulator) return {scope, Binding::accumulator};
    if (scope->finished) continue;
    if (name == scope->fold.iteration_variable) return {scope, 0};
    if (!scope->fold.iteration_variable2.empty() && name == scope->fold.iteration_variable2) return {scope, 1};
  }
  return {};
}

std::optional<NaiveEvaluator::Attribute> NaiveEvaluator::look_up_local(std::string_view name, Scope* scope) {
  const Binding binding = find_local(name, scope);
  if (binding.scope == nullptr) return std::nullopt;
  if (binding.variable == Binding::accumulator) {
    Attribute accumulator = start(read_accumulator(*binding.scope));
    if (recorder_ != nullptr) accumulator.origin = recorder_->find_origin(accumulator.value);
    return accumulator;
  }
  Attribute variable = start(binding.scope->variables[binding.variable]);
  variable.origin = binding.scope->origins[binding.variable];
  return variable;
}

// A checked name is already resolved; others are tried in the container's order.
std::optional<NaiveEvaluator::Attribute> NaiveEvaluator::look_up_global(std::string_view name) const {
  const auto candidates =
      ast_.checked ? std::vector{std::string(without_root(name))} : candidate_names(environment_.container(), name);
  for (const std::string& candidate : candidates) {
    if (const auto slot = environment_.find_variable(candidate)) {
      Attribute variable = start(*slot < variables_.size() ? variables_[*slot] : make_null());
      if (recorder_ != nullptr) variable.origin = FieldRead{.variable = *slot, .path = {}};
      return variable;
    }
    if (const Value* constant = environment_.find_constant(candidate)) return start(*constant);
  }
  return std::nullopt;
}

// a.b.c as the name of one variable. The caller tries the longest name first because it starts at the
// outermost select.
std::optional<NaiveEvaluator::Attribute> NaiveEvaluator::look_up_qualified(const Expr& expr, Scope* scope) {
  if (ast_.checked) {
    const Reference* reference = find_reference(ast_, expr);
    return reference == nullptr ? std::nullopt : look_up_global(reference->name);
  }
  const auto name = qualified_name(expr);
  if (!name || find_local(name->substr(0, name->find('.')), scope).scope != nullptr) return std::nullopt;
  return look_up_global(*name);
}

void NaiveEvaluator::record(const Attribute& attribute) {
  if (recorder_ == nullptr || !attribute.origin) return;
  recorder_->record(*attribute.origin);
  if (attribute.state == Attribute::State::present) recorder_->learn_origin(attribute.value, *attribute.origin);
}

void NaiveEvaluator::step_down(Attribute& attribute, const Value& key) {
  if (recorder_ != nullptr && attribute.origin) attribute.origin = recorder_->below(*attribute.origin, key);
}

}  // namespace kastell::cel
