#include "cel/evaluate/constant.h"
#include "cel/evaluate/fast/compiler.h"
#include "cel/evaluate/names.h"
#include "cel/evaluate/shape.h"
#include "cel/library/cost.h"
#include "cel/operators.h"

namespace kastell::cel::fast {

// What a comprehension was before macro expansion.
struct Compiler::Shape {
  enum class Kind : std::uint8_t { other, all, exists, exists_one, append, insert } kind = Kind::other;
  const Expr* predicate = nullptr;
  const Expr* element = nullptr;
  const Expr* key = nullptr;
  const Expr* step = nullptr;       // && or ||, or the conditional
  const Expr* appending = nullptr;  // @result + [element], cel.@mapInsert(@result, key, element)
};

namespace {

constexpr std::string_view map_insert = "cel.@mapInsert";

bool is_call(const Expr& expr, std::string_view name, std::size_t arguments) {
  return expr.kind == ExprKind::call && expr.operand == nullptr && expr.name == name &&
         expr.arguments.size() == arguments;
}

bool is_bool(const Expr& expr, bool value) {
  return expr.kind == ExprKind::literal && expr.literal.kind == Kind::boolean && expr.literal.boolean == value;
}

bool is_int(const Expr& expr, std::int64_t value) {
  return expr.kind == ExprKind::literal && expr.literal.kind == Kind::integer && expr.literal.integer == value;
}

bool is_empty_list(const Expr& expr) {
  return expr.kind == ExprKind::list && expr.arguments.empty();
}
bool is_empty_map(const Expr& expr) {
  return expr.kind == ExprKind::map && expr.entries.empty();
}

// Recognises the expansions of one fold.
struct Matcher {
  const Comprehension& fold;

  bool is_result(const Expr& expr) const { return expr.kind == ExprKind::identifier && expr.name == fold.accumulator; }
  bool is_all() const {
    const Expr& condition = *fold.loop_condition;
    return is_bool(*fold.accumulator_start, true) && is_call(condition, operators::not_strictly_false, 1) &&
           is_result(*condition.arguments[0]) && is_joined(operators::logical_and) && is_result(*fold.result);
  }
  bool is_exists() const {
    const Expr& condition = *fold.loop_condition;
    return is_bool(*fold.accumulator_start, false) && is_call(condition, operators::not_strictly_false, 1) &&
           is_call(*condition.arguments[0], operators::logical_not, 1) &&
           is_result(*condition.arguments[0]->arguments[0]) && is_joined(operators::logical_or) &&
           is_result(*fold.result);
  }
  bool is_exists_one() const {
    const Expr& step = *fold.loop_step;
    if (!is_int(*fold.accumulator_start, 0) || !is_bool(*fold.loop_condition, true) || !is_conditional(step))
      return false;
    const Expr& counted = *step.arguments[1];
    return is_call(counted, "_+_", 2) && is_result(*counted.arguments[0]) && is_int(*counted.arguments[1], 1) &&
           is_result(*step.arguments[2]) && is_call(*fold.result, "_==_", 2) && is_result(*fold.result->arguments[0]) &&
           is_int(*fold.result->arguments[1], 1);
  }
  bool collects() const { return is_bool(*fold.loop_condition, true) && is_result(*fold.result); }
  bool is_appending(const Expr& expr) const {
    return is_empty_list(*fold.accumulator_start) && is_call(expr, "_+_", 2) && is_result(*expr.arguments[0]) &&
           expr.arguments[1]->kind == ExprKind::list && expr.arguments[1]->arguments.size() == 1 &&
           expr.arguments[1]->optional_elements.empty();
  }
  bool is_insertion(const Expr& expr) const {
    return is_empty_map(*fold.accumulator_start) && is_call(expr, map_insert, 3) && is_result(*expr.arguments[0]) &&
           expr.arguments[1]->kind == ExprKind::identifier && expr.arguments[1]->name == fold.iteration_variable;
  }

 private:
  bool is_joined(std::string_view name) const {
    return is_call(*fold.loop_step, name, 2) && is_result(*fold.loop_step->arguments[0]);
  }
};

}  // namespace

// The step of a collecting macro is the appending, or a conditional around it.
Compiler::Shape Compiler::recognise(const Comprehension& fold) const {
  const Matcher matcher{fold};
  Shape shape{.step = fold.loop_step};
  if (matcher.is_all() || matcher.is_exists()) {
    shape.kind = matcher.is_all() ? Shape::Kind::all : Shape::Kind::exists;
    shape.predicate = fold.loop_step->arguments[1];
  } else if (matcher.is_exists_one()) {
    shape.kind = Shape::Kind::exists_one;
    shape.predicate = fold.loop_step->arguments[0];
  } else if (matcher.collects()) {
    const bool filters = is_conditional(*fold.loop_step) && matcher.is_result(*fold.loop_step->arguments[2]);
    shape.appending = filters ? fold.loop_step->arguments[1] : fold.loop_step;
    shape.predicate = filters ? fold.loop_step->arguments[0] : nullptr;
    if (matcher.is_appending(*shape.appending)) {
      shape.kind = Shape::Kind::append;
      shape.element = shape.appending->arguments[1]->arguments[0];
    } else if (matcher.is_insertion(*shape.appending)) {
      shape.kind = Shape::Kind::insert;
      shape.key = shape.appending->arguments[1];
      shape.element = shape.appending->arguments[2];
    }
  }
  return shape;
}

const Node* Compiler::compile_loop(const Expr& expr) {
  const Comprehension& fold = *expr.comprehension;
  if (is_empty_list(*fold.range)) return compile_bind(expr);
  if (!options_.optimise) return compile_fold(expr);
  const Shape shape = recognise(fold);
  const std::size_t outer = locals_.size();
  const Node* node = nullptr;
  switch (shape.kind) {
    case Shape::Kind::all: node = compile_quantifier<QuantifierNode<false>>(expr, shape); break;
    case Shape::Kind::exists: node = compile_quantifier<QuantifierNode<true>>(expr, shape); break;
    case Shape::Kind::exists_one: node = compile_quantifier<ExistsOneNode>(expr, shape); break;
    case Shape::Kind::append: node = compile_append(expr, shape); break;
    case Shape::Kind::insert: node = compile_insert(expr, shape); break;
    case Shape::Kind::other: return compile_fold(expr);
  }
  locals_.resize(outer);
  return node;
}

// The range is compiled outside the loop's scope, everything after this call inside it.
template <typename Loop>
Loop* Compiler::begin_loop(const Expr& expr) {
  const Comprehension& fold = *expr.comprehension;
  Loop* loop = make<Loop>(expr);
  loop->range = compile(*fold.range);
  loop->pairs = !fold.iteration_variable2.empty();
  loop->variables[0] = new_slot();
  loop->variables[1] = new_slot();
  locals_.push_back({.name = fold.iteration_variable, .slot = loop->variables[0]});
  if (loop->pairs) locals_.push_back({.name = fold.iteration_variable2, .slot = loop->variables[1]});
  return loop;
}

template <typename Loop>
const Node* Compiler::compile_quantifier(const Expr& expr, const Shape& shape) {
  Loop* loop = begin_loop<Loop>(expr);
  loop->predicate = compile(*shape.predicate);
  loop->step_id = shape.step->id;
  return loop;
}

const Node* Compiler::compile_append(const Expr& expr, const Shape& shape) {
  AppendNode* loop = begin_loop<AppendNode>(expr);
  loop->predicate = shape.predicate == nullptr ? nullptr : compile(*shape.predicate);
  loop->element = compile(*shape.element);
  loop->step_id = shape.step->id;
  loop->start_cost = creation_cost(*expr.comprehension->accumulator_start);
  loop->append_cost = 2 + creation_cost(*shape.appending->arguments[1]);  // @result, + and the list
  return loop;
}

const Node* Compiler::compile_insert(const Expr& expr, const Shape& shape) {
  InsertNode* loop = begin_loop<InsertNode>(expr);
  loop->predicate = shape.predicate == nullptr ? nullptr : compile(*shape.predicate);
  loop->key = compile(*shape.key);
  loop->element = compile(*shape.element);
  loop->step_id = shape.step->id;
  loop->insert_id = shape.appending->id;
  loop->start_cost = creation_cost(*expr.comprehension->accumulator_start);
  return loop;
}

const Node* Compiler::compile_fold(const Expr& expr) {
  const Comprehension& fold = *expr.comprehension;
  const Node* initial = compile(*fold.accumulator_start);
  const std::size_t outer = locals_.size();
  const std::uint32_t slot = new_slot();
  const Local accumulator{.name = fold.accumulator, .slot = slot, .initial = initial};
  FoldNode* loop = begin_loop<FoldNode>(expr);
  locals_.push_back(accumulator);
  loop->accumulator = slot;
  loop->condition = compile(*fold.loop_condition);
  loop->step = compile(*fold.loop_step);
  locals_.resize(outer);
  locals_.push_back(accumulator);
  loop->result = compile(*fold.result);
  locals_.resize(outer);
  return loop;
}

const Node* Compiler::compile_bind(const Expr& expr) {
  const Comprehension& fold = *expr.comprehension;
  BindNode* node = make<BindNode>(expr);
  node->variable = new_slot();
  node->range_cost = creation_cost(*fold.range);
  const Node* initial = compile(*fold.accumulator_start);
  locals_.push_back({.name = fold.accumulator, .slot = node->variable, .initial = initial});
  node->result = compile(*fold.result);
  locals_.pop_back();
  return node;
}

// Of an empty list or map, or of a list around an element.
std::uint32_t Compiler::creation_cost(const Expr& expr) const {
  if (is_constant(environment_, ast_, expr)) return 0;
  return expr.kind == ExprKind::list ? cost::list_creation : cost::map_creation;
}

}  // namespace kastell::cel::fast
