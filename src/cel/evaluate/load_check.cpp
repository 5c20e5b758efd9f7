#include "cel/evaluate/load_check.h"

#include <algorithm>
#include <array>

#include "cel/compile.h"
#include "cel/evaluate/constant.h"
#include "cel/evaluate/naive.h"
#include "cel/evaluate/qualify.h"
#include "cel/evaluate/shape.h"
#include "cel/library/regex.h"
#include "cel/well_known/messages.h"

namespace kastell::cel {

namespace {

constexpr std::array<std::string_view, 3> regex_functions{"matches", "find", "findAll"};

class LoadCheck {
 public:
  LoadCheck(const Environment& environment, const Ast& ast)
      : environment_(environment), ast_(ast), evaluation_(environment.symbols()) {}

  // Operands first, as the program is made from the inside out.
  std::optional<Error> find(const Expr& expr) {
    if (const Value* named = constant_reference(ast_, expr)) return check_type_name(expr, *named);
    if (is_variable_of_type(expr)) return error_at(expr, "reference to undefined type: " + std::string(expr.name));
    if (auto error = find_in_parts(expr)) return error;
    if (expr.kind != ExprKind::call) return std::nullopt;
    if (is_constant(environment_, ast_, expr)) return check_conversion(expr);
    return is_index(expr) ? check_key(expr) : check_regex(expr);
  }

 private:
  std::optional<Error> find_in_parts(const Expr& expr) {
    if (expr.operand != nullptr) {
      if (auto error = find(*expr.operand)) return error;
    }
    for (const Expr* argument : expr.arguments) {
      if (auto error = find(*argument)) return error;
    }
    for (const ExprEntry& entry : expr.entries) {
      if (auto error = entry.key != nullptr ? find(*entry.key) : std::nullopt) return error;
      if (auto error = find(*entry.value)) return error;
    }
    return expr.comprehension == nullptr ? std::nullopt : find_in_fold(*expr.comprehension);
  }

  std::optional<Error> find_in_fold(const Comprehension& fold) {
    for (const Expr* part : {fold.accumulator_start, fold.range, fold.loop_condition, fold.loop_step, fold.result}) {
      if (auto error = find(*part)) return error;
    }
    return std::nullopt;
  }

  // cel-go takes a variable that holds types, as t in [int].exists(t, t == int), for a type's name.
  bool is_variable_of_type(const Expr& expr) const {
    return expr.kind == ExprKind::identifier && ast_.checked && ast_.type_of(expr).kind == TypeKind::type;
  }

  // Object types and messages are known to the checker only.
  std::optional<Error> check_type_name(const Expr& expr, const Value& named) const {
    if (named.kind != value_kind::type) return std::nullopt;
    const std::string_view name = find_reference(ast_, expr)->name;
    const TypeKind kind = as_type(named).kind;
    const bool is_message =
        find_well_known_message(name) != nullptr && kind != TypeKind::timestamp && kind != TypeKind::duration;
    if (kind != TypeKind::object && !is_message) return std::nullopt;
    return error_at(expr, "reference to undefined type: " + std::string(name));
  }

  std::optional<Error> check_conversion(const Expr& call) {
    const Value value = NaiveEvaluator(environment_, ast_, evaluation_, {}).run(call);
    if (!is_error(value)) return std::nullopt;
    return error_at(call, std::string(as_error(value).message));
  }

  // A constant that can be no key or index, such as {}[duration('1s')].
  std::optional<Error> check_key(const Expr& index) {
    const Expr& key = *index.arguments[1];
    if (key.kind != ExprKind::literal && !is_constant(environment_, ast_, key)) return std::nullopt;
    const Value value = NaiveEvaluator(environment_, ast_, evaluation_, {}).run(key);
    if (is_error(value) || is_qualifier(value)) return std::nullopt;
    return error_at(index, "invalid qualifier type: " + std::string(type_name(value)));
  }

  std::optional<Error> check_regex(const Expr& call) {
    if (std::find(regex_functions.begin(), regex_functions.end(), call.name) == regex_functions.end()) return {};
    const std::size_t operands = call.arguments.size() + (call.operand != nullptr ? 1 : 0);
    const std::size_t at = call.operand != nullptr ? 0 : 1;
    if (operands < 2 || at >= call.arguments.size()) return std::nullopt;
    const Expr& pattern = *call.arguments[at];
    if (!is_constant_text(environment_, ast_, pattern)) return std::nullopt;
    const Value text = NaiveEvaluator(environment_, ast_, evaluation_, {}).run(pattern);
    if (!text.is_string()) return std::nullopt;
    const auto regex = compile_regex(text.as_string());
    return regex ? std::nullopt : std::optional(error_at(call, regex.error()));
  }

  Error error_at(const Expr& expr, std::string message) const {
    const auto [line, column] = line_column(ast_.text, expr.at);
    return {ErrorCode::type, std::move(message), Place{.source = {}, .line = line, .column = column}};
  }

  const Environment& environment_;
  const Ast& ast_;
  Evaluation evaluation_;
};

}  // namespace

std::optional<Error> find_failing_constant(const Environment& environment, const Ast& ast) {
  return LoadCheck(environment, ast).find(*ast.root);
}

}  // namespace kastell::cel
