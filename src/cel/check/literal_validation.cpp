#include "cel/check/literal_validation.h"

#include <algorithm>
#include <array>

#include "cel/check/format_validation.h"
#include "cel/check/type_text.h"
#include "cel/evaluate/constant.h"

namespace kastell::cel {

namespace {

// Functions whose first argument, if it is a literal, is tried. cel-go looks at the first argument
// of matches() even where it is the text, not the pattern; a literal text matches itself or is no
// pattern, and is refused like one.
struct TriedFunction {
  std::string_view function;
  bool on_empty_target;  // tried as "".function(literal)
};
constexpr std::array tried_functions{
    TriedFunction{"duration", false},
    TriedFunction{"timestamp", false},
    TriedFunction{"matches", true},
};

// Functions in whose arguments elements of several types are in order.
constexpr std::array<std::string_view, 2> exempt_functions{"format", "cel.@block"};

class Validator {
 public:
  Validator(const Environment& environment, const Ast& ast) : environment_(environment), ast_(ast) {}

  std::vector<Diagnostic> run() {
    visit(*ast_.root, false);
    return std::move(diagnostics_);
  }

 private:
  void visit(const Expr& expr, bool exempt) {
    const bool starts_exemption = std::ranges::find(exempt_functions, expr.name) != exempt_functions.end();
    visit_children(expr, exempt || (expr.kind == ExprKind::call && starts_exemption));
    const LanguageOptions& options = environment_.options();
    if (options.validate_literals && expr.kind == ExprKind::call) {
      try_literal(expr);
      if (auto problem = validate_format_call(environment_, ast_, expr)) diagnostics_.push_back(std::move(*problem));
    }
    if (exempt || !options.homogeneous_literals) return;
    if (expr.kind == ExprKind::list) check_list(expr);
    if (expr.kind == ExprKind::map) check_map(expr);
  }

  void visit_children(const Expr& expr, bool exempt) {
    if (expr.operand != nullptr) visit(*expr.operand, exempt);
    for (const Expr* argument : expr.arguments) visit(*argument, exempt);
    for (const ExprEntry& entry : expr.entries) {
      if (entry.key != nullptr) visit(*entry.key, exempt);
      visit(*entry.value, exempt);
    }
    if (expr.comprehension == nullptr) return;
    const Comprehension& fold = *expr.comprehension;
    for (const Expr* part : {fold.range, fold.accumulator_start, fold.loop_condition, fold.loop_step, fold.result}) {
      visit(*part, exempt);
    }
  }

  void try_literal(const Expr& call) {
    const auto* tried = std::ranges::find(tried_functions, call.name, &TriedFunction::function);
    if (tried == tried_functions.end() || call.arguments.empty()) return;
    const Expr& argument = *call.arguments[0];
    if (argument.kind != ExprKind::literal || !fails(call, *tried, argument.literal)) return;
    diagnostics_.push_back({"invalid " + std::string{call.name} + " argument", argument.at});
  }

  bool fails(const Expr& call, const TriedFunction& tried, const Value& literal) {
    const Reference* reference = find_reference(ast_, call);
    if (reference == nullptr || reference->overloads.empty()) return false;
    const Overload& overload = *environment_.overloads()[reference->overloads[0]];
    if (overload.call == nullptr) return false;
    Arena arena;
    CallContext context{arena, environment_.symbols()};
    const std::array<Value, 2> arguments{make_string(""), literal};
    return is_error(overload.call(context, std::span{arguments}.subspan(tried.on_empty_target ? 0 : 1)));
  }

  const Type& type_without_optional(const Expr& expr, bool optional) const {
    const Type& type = ast_.type_of(expr);
    return optional && type.kind == TypeKind::optional ? *type.parameters[0] : type;
  }

  bool report_unless_same(const Expr& element, const Type& expected, const Type& actual) {
    if (same_type(expected, actual)) return false;
    diagnostics_.push_back(
        {"expected type '" + type_text(expected) + "' but found '" + type_text(actual) + "'", element.at});
    return true;
  }

  void check_list(const Expr& list) {
    const Type* expected = nullptr;
    for (std::uint32_t i = 0; i < list.arguments.size(); ++i) {
      const bool optional = std::ranges::binary_search(list.optional_elements, i);
      const Type& type = type_without_optional(*list.arguments[i], optional);
      if (expected == nullptr) {
        expected = &type;
      } else if (report_unless_same(*list.arguments[i], *expected, type)) {
        return;
      }
    }
  }

  void check_map(const Expr& map) {
    for (const ExprEntry& entry : map.entries) {
      const ExprEntry& first = map.entries.front();
      report_unless_same(*entry.key, ast_.type_of(*first.key), ast_.type_of(*entry.key));
      report_unless_same(*entry.value, type_without_optional(*first.value, first.optional),
                         type_without_optional(*entry.value, entry.optional));
    }
  }

  const Environment& environment_;
  const Ast& ast_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace

std::vector<Diagnostic> validate_literals(const Environment& environment, const Ast& ast) {
  return Validator(environment, ast).run();
}

}  // namespace kastell::cel
