#include "cel/evaluate/shape.h"

#include <algorithm>
#include <array>

#include "cel/evaluate/constant.h"
#include "cel/evaluate/names.h"
#include "cel/operators.h"
#include "cel/patch/patch_types.h"
#include "cel/patch/structure.h"
#include "cel/well_known/construct.h"
#include "cel/well_known/messages.h"

namespace kastell::cel {

namespace {

// Unchecked, a.b(c) may be the function a.b and not a method of a. Empty if no function has such a name.
std::string_view find_qualified_function(const Environment& environment, const Expr& call) {
  const auto prefix = call.operand == nullptr ? std::string() : qualified_name(*call.operand).value_or("");
  if (call.operand != nullptr && prefix.empty()) return {};
  const std::string name = prefix.empty() ? std::string(call.name) : prefix + "." + std::string(call.name);
  for (const std::string& candidate : candidate_names(environment.container(), name)) {
    const auto found = environment.find_function(candidate);
    if (!found.empty()) return environment.overloads()[found[0]]->function;
  }
  return {};
}

}  // namespace

bool is_index(const Expr& expr) {
  return expr.kind == ExprKind::call && expr.operand == nullptr && expr.arguments.size() == 2 &&
         (expr.name == operators::index || expr.name == operators::optional_index ||
          expr.name == operators::optional_select);
}

bool is_conditional(const Expr& expr) {
  return expr.kind == ExprKind::call && expr.name == operators::conditional && expr.arguments.size() == 3;
}

bool is_attribute(const Ast& ast, const Expr& expr) {
  if (constant_reference(ast, expr) != nullptr) return false;
  if (expr.kind == ExprKind::identifier || expr.kind == ExprKind::select) return true;
  return is_conditional(expr) || is_index(expr);
}

bool has_conditional_root(const Ast& ast, const Expr& expr) {
  const Expr* root = &expr;
  for (;;) {
    if (root->kind == ExprKind::select) {
      if (find_reference(ast, *root) != nullptr) return false;
      root = root->operand;
    } else if (is_index(*root)) {
      root = root->arguments[0];
    } else {
      return is_conditional(*root);
    }
  }
}

bool is_optional_or(const Expr& expr) {
  return expr.operand != nullptr && expr.arguments.size() == 1 && (expr.name == "or" || expr.name == "orValue");
}

ResolvedFunction resolve_function(const Environment& environment, const Ast& ast, const Expr& call) {
  ResolvedFunction resolved{.function = call.name, .candidates = {}, .operands = {}};
  resolved.operands.assign(call.arguments.begin(), call.arguments.end());
  const Reference* reference = find_reference(ast, call);
  const auto qualified = reference == nullptr ? find_qualified_function(environment, call) : std::string_view{};
  if (!qualified.empty()) resolved.function = qualified;
  const bool keeps_target = call.operand != nullptr && qualified.empty();
  if (keeps_target) resolved.operands.insert(resolved.operands.begin(), call.operand);
  resolved.candidates = reference != nullptr ? Candidates(reference->overloads)
                                             : environment.find_function(without_root(resolved.function));
  return resolved;
}

std::string_view structure_type_name(const Environment& environment, const Ast& ast, const Expr& structure) {
  if (ast.checked) return structure.name;
  for (const std::string& candidate : candidate_names(environment.container(), structure.name)) {
    if (const WellKnownMessage* message = find_well_known_message(candidate)) return message->name;
  }
  return structure.name;
}

Value construct_structure(const Environment& environment, CallContext& context, std::string_view type,
                          std::span<const StructureField> fields) {
  const bool is_patch_type = environment.options().patch_types && patch::is_type(type);
  return is_patch_type ? patch::construct(context, type, fields) : construct_message(context, type, fields);
}

bool has_constant_regex(const Environment& environment, const Ast& ast, const ResolvedFunction& function) {
  constexpr std::array<std::string_view, 3> regex_functions{"matches", "find", "findAll"};
  if (std::find(regex_functions.begin(), regex_functions.end(), function.function) == regex_functions.end()) {
    return false;
  }
  return function.operands.size() >= 2 && is_constant_text(environment, ast, *function.operands[1]);
}

bool stops_at_error(const Environment& environment, const Ast& ast, const ResolvedFunction& function) {
  if (function.operands.size() != 2 || function.function == "format") return true;
  if (environment.options().constant_folding && has_constant_regex(environment, ast, function)) return true;
  if (function.candidates.size() < 2 || find_operator(function.function) != nullptr) return false;
  return !environment.overloads()[function.candidates[0]]->checks_itself;
}

}  // namespace kastell::cel
