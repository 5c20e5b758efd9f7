// The checker's name resolution: local variables, then the container's candidates, longest first.
#include <algorithm>

#include "base/text.h"
#include "cel/check/checker.h"
#include "cel/evaluate/names.h"

namespace kastell::cel {

namespace {

// Of names of one or two letters every other one is near.
std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates) {
  if (name.size() < 3) return {};
  const auto found = nearest(name, candidates);
  return found ? "did you mean '" + std::string{*found} + "'?" : std::string{};
}

}  // namespace

const Type* Checker::local_type(std::string_view name) const {
  const auto found = std::ranges::find(locals_.rbegin(), locals_.rend(), name, &LocalVariable::first);
  return found == locals_.rend() ? nullptr : found->second;
}

std::optional<Checker::ResolvedName> Checker::resolve_global(std::string_view name) {
  for (std::string& candidate : candidate_names(environment_.container(), name)) {
    if (const auto slot = environment_.find_variable(candidate)) {
      return ResolvedName{std::move(candidate), environment_.variables()[*slot].type};
    }
    if (const Value* constant = environment_.find_constant(candidate)) {
      const bool is_type = constant->kind == value_kind::type;
      const Type* type = is_type ? make_type_type(*ast_.arena, cel::as_type(*constant)) : &types::int_;
      return ResolvedName{std::move(candidate), type, constant};
    }
  }
  return std::nullopt;
}

std::optional<Checker::ResolvedName> Checker::resolve(std::string_view name) {
  const Type* local = is_rooted(name) ? nullptr : local_type(name);
  if (local != nullptr) return ResolvedName{std::string{name}, local};
  auto found = resolve_global(name);
  // Only a rooted name gets here although a local one hides it.
  if (found && local_type(without_root(name)) != nullptr) found->name.insert(0, 1, '.');
  return found;
}

// a.b.c as one name, unless `a` is a local variable, whose fields then are meant.
std::optional<Checker::ResolvedName> Checker::resolve_qualified(const Expr& select) {
  if (select.test_only) return std::nullopt;
  const auto name = qualified_name(select);
  if (!name) return std::nullopt;
  const std::string_view first = std::string_view{*name}.substr(0, name->find('.', 1));
  const bool hidden = local_type(without_root(first)) != nullptr;
  if (hidden && !is_rooted(first)) return std::nullopt;
  auto found = resolve_global(*name);
  if (found && hidden) found->name.insert(0, 1, '.');
  return found;
}

// The function's full name in the environment; empty if there is none.
std::string_view Checker::resolve_function(std::string_view name) const {
  for (const std::string& candidate : candidate_names(environment_.container(), name)) {
    const auto overloads = environment_.find_function(candidate);
    if (!overloads.empty()) return environment_.overloads()[overloads[0]]->function;
  }
  return {};
}

const Expr* Checker::as_identifier(const Expr& expr, const ResolvedName& resolved) {
  const std::string_view name =
      expr.kind == ExprKind::identifier && expr.name == resolved.name ? expr.name : ast_.arena->copy(resolved.name);
  set_type(expr, resolved.type);
  set_reference(expr, {.name = name, .constant = resolved.constant});
  if (expr.name.data() == name.data()) return &expr;
  Expr identifier;
  identifier.kind = ExprKind::identifier;
  identifier.id = expr.id;
  identifier.begin = expr.begin;
  identifier.end = expr.end;
  identifier.at = expr.at;
  identifier.name = name;
  return changed(identifier);
}

const Expr* Checker::check_identifier(const Expr& expr) {
  if (const auto resolved = resolve(expr.name)) return as_identifier(expr, *resolved);
  set_type(expr, &types::error);
  report_undeclared(expr, expr.name, false);
  return &expr;
}

void Checker::report_undeclared(const Expr& expr, std::string_view name, bool function) {
  report(expr.at,
         "undeclared reference to '" + std::string{name} + "' (in container '" + std::string{environment_.container()} +
             "')",
         function ? function_hint(name) : name_hint(name));
}

std::string Checker::name_hint(std::string_view name) const {
  std::vector<std::string_view> candidates;
  for (const auto& [local, type] : locals_) {
    if (!local.starts_with('@') && !local.starts_with('#')) candidates.push_back(local);
  }
  for (const Variable& variable : environment_.variables()) candidates.push_back(variable.name);
  return did_you_mean(name, candidates);
}

std::string Checker::function_hint(std::string_view name) const {
  std::vector<std::string_view> candidates = environment_.function_names();
  // Operators and what macros call are not for people.
  std::erase_if(candidates, [](std::string_view candidate) {
    return candidate.find('@') != std::string_view::npos || candidate.starts_with('_') || candidate.ends_with('_');
  });
  for (const std::string_view macro : environment_.macro_names()) candidates.push_back(macro);
  return did_you_mean(name, candidates);
}

}  // namespace kastell::cel
