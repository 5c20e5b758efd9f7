#include <string>
#include <utility>

#include "cel/evaluate/engine_access.h"
#include "cel/evaluate/naive.h"
#include "cel/evaluate/qualify.h"

namespace kastell::cel {

Value NaiveEvaluator::evaluate_fold(const Expr& expr, Scope* parent) {
  const Comprehension& fold = *expr.comprehension;
  const std::size_t mark = recorder_ == nullptr ? 0 : recorder_->mark();
  const Value range = evaluate(*fold.range, parent);
  if (is_error(range)) return range;
  if (!range.is_list() && !is_map(range)) {
    return fail(expr, std::string("got '").append(go_type_name(range)).append("', expected iterable type"));
  }
  Scope scope{.fold = fold, .parent = parent};
  auto range_reads = recorder_ == nullptr ? Reads{} : recorder_->take_from(mark);
  const std::uint32_t size = range.is_list() ? range.size : map_size(range);
  for (std::uint32_t i = 0; i < size; ++i) {
    set_variables(scope, range, i);
    if (!step(scope)) break;
  }
  scope.finished = true;
  const Value result = evaluate(*fold.result, &scope);
  if (recorder_ != nullptr) recorder_->append(std::move(range_reads));  // after what was read of the elements
  return result;
}

void NaiveEvaluator::set_variables(Scope& scope, const Value& range, std::uint32_t at) {
  const bool is_list = range.is_list();
  const bool pairs = !scope.fold.iteration_variable2.empty();
  const Value key = is_list ? make_int(at) : map_key(range, at, context_.symbols);
  const Value& value = is_list ? range.items[at] : map_value(range, at);
  scope.variables = {pairs || !is_list ? key : value, value};
  if (recorder_ == nullptr) return;
  auto origin = recorder_->find_origin(range);
  if (origin) origin = recorder_->below(*origin, key);
  if (const auto own = recorder_->find_origin(value)) origin = own;
  scope.origins = {origin, origin};
  if (origin) recorder_->learn_origin(value, *origin);
}

// One round: false when the loop condition ends the loop. A condition that fails does not end it. What
// the condition reads, the accumulator rests on anyway.
bool NaiveEvaluator::step(Scope& scope) {
  const Value condition = evaluate_unrecorded(*scope.fold.loop_condition, scope);
  if (cancelled_ || (condition.kind == Kind::boolean && !condition.boolean)) return false;
  const std::size_t mark = recorder_ == nullptr ? 0 : recorder_->mark();
  scope.accumulator = evaluate(*scope.fold.loop_step, &scope);
  scope.started = true;
  if (recorder_ != nullptr) scope.reads = recorder_->take_from(mark);
  return !cancelled_;
}

Value NaiveEvaluator::evaluate_unrecorded(const Expr& expr, Scope& scope) {
  ReadRecorder* const recorder = std::exchange(recorder_, nullptr);
  const Value value = evaluate(expr, &scope);
  recorder_ = recorder;
  return value;
}

// Whoever reads the accumulator rests on what it rests on. A loop replaces it in every round and reads it
// once, so its reads are handed over; the variable of a bind may be read again.
Value NaiveEvaluator::read_accumulator(Scope& scope) {
  const bool is_bind = scope.fold.range->kind == ExprKind::list && scope.fold.range->arguments.empty();
  if (!scope.started) {
    scope.started = true;
    const std::size_t mark = recorder_ == nullptr ? 0 : recorder_->mark();
    scope.accumulator = evaluate(*scope.fold.accumulator_start, scope.parent);
    if (recorder_ != nullptr) scope.reads = recorder_->take_from(mark);
  }
  if (recorder_ != nullptr) recorder_->append(is_bind ? scope.reads : std::exchange(scope.reads, {}));
  return scope.accumulator;
}

}  // namespace kastell::cel
