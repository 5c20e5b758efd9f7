#include "cel/evaluate/naive.h"

#include <algorithm>
#include <string>
#include <vector>

#include "cel/branches.h"
#include "cel/evaluate/constant.h"
#include "cel/evaluate/engine_access.h"
#include "cel/evaluate/names.h"
#include "cel/evaluate/qualify.h"
#include "cel/evaluate/shape.h"

namespace kastell::cel {

namespace {

constexpr std::uint64_t list_creation_cost = 10;
constexpr std::uint64_t map_creation_cost = 30;

bool is_optional_element(const Expr& list, std::size_t at) {
  return std::find(list.optional_elements.begin(), list.optional_elements.end(), at) != list.optional_elements.end();
}

}  // namespace

NaiveEvaluator::NaiveEvaluator(const Environment& environment, const Ast& ast, Evaluation& evaluation,
                               Variables variables, ReadRecorder* recorder, BranchCounts* branches)
    : environment_(environment),
      ast_(ast),
      evaluation_(evaluation),
      variables_(variables),
      context_{.arena = evaluation.arena(), .symbols = evaluation.symbols(), .authorizer = evaluation.authorizer},
      recorder_(recorder),
      branches_(branches) {}

Value NaiveEvaluator::run(const Expr& expr) {
  std::uint64_t& cost = EngineAccess::cost(evaluation_);
  cost = 0;
  const Value value = evaluate(expr, nullptr);
  if (!cancelled_) return value;
  return make_error(context_.arena, cost_limit_exceeded);
}

Value NaiveEvaluator::evaluate(const Expr& expr, Scope* scope) {
  if (cancelled_) return make_error(context_.arena, cost_limit_exceeded);
  if (depth_ == evaluation_depth_limit) return fail(expr, evaluation_depth_exceeded);
  ++depth_;
  const bool was_free = free_of_cost_;
  free_of_cost_ = was_free || is_constant(environment_, ast_, expr);
  const Value value = label(evaluate_node(expr, scope), expr);
  if (branches_ != nullptr) branches_->note(expr.id, value);
  free_of_cost_ = was_free;
  --depth_;
  return value;
}

Value NaiveEvaluator::evaluate_node(const Expr& expr, Scope* scope) {
  if (expr.kind == ExprKind::literal) return expr.literal;
  if (const Value* constant = constant_reference(ast_, expr)) return *constant;
  if (is_attribute(ast_, expr)) return evaluate_attribute(expr, scope);
  switch (expr.kind) {
    case ExprKind::call: return evaluate_call(expr, scope);
    case ExprKind::list: return evaluate_list(expr, scope);
    case ExprKind::map: return evaluate_map(expr, scope);
    case ExprKind::comprehension: return evaluate_fold(expr, scope);
    default: return evaluate_structure(expr, scope);
  }
}

Value NaiveEvaluator::evaluate_structure(const Expr& expr, Scope* scope) {
  std::vector<StructureField> fields;
  Value problem;
  for (const ExprEntry& entry : expr.entries) {
    const Value value = evaluate(*entry.value, scope);
    if (is_error(problem = value)) break;
    if (!entry.optional) {
      fields.push_back({entry.field, value});
    } else if (value.kind != value_kind::optional) {
      problem = fail(expr, optional_entry_expected);
      break;
    } else if (as_optional(value) != nullptr) {
      fields.push_back({entry.field, *as_optional(value)});
    } else {
      std::erase_if(fields, [&](const StructureField& earlier) { return earlier.name == entry.field; });
    }
  }
  count(structure_cost);
  if (is_error(problem)) return problem;
  return construct_structure(environment_, context_, structure_type_name(environment_, ast_, expr), fields);
}

Value NaiveEvaluator::evaluate_list(const Expr& expr, Scope* scope) {
  std::vector<Value> items;
  Value problem;
  for (std::size_t i = 0; i < expr.arguments.size() && !is_error(problem); ++i) {
    const Value item = evaluate(*expr.arguments[i], scope);
    if (is_error(item)) {
      problem = item;
    } else if (!is_optional_element(expr, i)) {
      items.push_back(item);
    } else if (item.kind != value_kind::optional) {
      problem = fail(expr, "cannot initialize optional list element from non-optional value");
    } else if (as_optional(item) != nullptr) {
      items.push_back(*as_optional(item));
    }
  }
  count(list_creation_cost);
  return is_error(problem) ? problem : cel::make_list(context_.arena, std::span<const Value>(items));
}

Value NaiveEvaluator::evaluate_map(const Expr& expr, Scope* scope) {
  std::vector<MapEntry> entries;
  const bool strict = environment_.options().strict_map_literals;
  Value problem;
  for (const ExprEntry& entry : expr.entries) {
    const Value key = evaluate(*entry.key, scope);
    if (is_error(problem = key)) break;
    if (strict && is_error(problem = label(map_key_problem(context_, entries, key), expr))) break;
    Value value = evaluate(*entry.value, scope);
    if (is_error(problem = value)) break;
    if (entry.optional && value.kind != value_kind::optional) {
      problem = fail(expr, optional_entry_expected);
      break;
    }
    if (entry.optional && as_optional(value) == nullptr) {
      std::erase_if(entries, [&](const MapEntry& earlier) { return same_map_key(earlier.key, key); });
      continue;
    }
    entries.push_back({key, entry.optional ? *as_optional(value) : value});
  }
  count(map_creation_cost);
  return is_error(problem) ? problem : make_map(context_.arena, entries);
}

void NaiveEvaluator::count(std::uint64_t units) {
  if (free_of_cost_ || cancelled_) return;
  std::uint64_t& cost = EngineAccess::cost(evaluation_);
  cost += units;
  if (cost > evaluation_.budget.cost) cancelled_ = true;
}

Value NaiveEvaluator::fail(const Expr& expr, std::string_view message) {
  return label(make_error(context_.arena, message), expr);
}

Value NaiveEvaluator::label(const Value& value, const Expr& expr) {
  return is_error(value) ? with_expr_id(context_.arena, value, expr.id) : value;
}

Value evaluate_naively(const Environment& environment, const Ast& ast, Evaluation& evaluation, Variables variables) {
  return NaiveEvaluator(environment, ast, evaluation, variables).run();
}

}  // namespace kastell::cel
