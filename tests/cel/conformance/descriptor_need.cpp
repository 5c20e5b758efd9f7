#include "cel/conformance/descriptor_need.h"

#include <algorithm>
#include <vector>

#include "cel/compile.h"
#include "cel/environment.h"

namespace kastell::cel::conformance {
namespace {

constexpr std::string_view packages[] = {"cel.expr.conformance.proto2.", "cel.expr.conformance.proto3."};
constexpr std::string_view types[] = {"TestAllTypes", "NestedTestAllTypes", "TestRequired", "GlobalEnum",
                                      "Proto2ExtensionScopedMessage"};

// The type that a full name is, or is within: of "….TestAllTypes.NestedEnum.BAR" the name down to TestAllTypes.
std::optional<std::string> type_in(std::string_view full_name) {
  for (const std::string_view package : packages) {
    if (!full_name.starts_with(package)) continue;
    const std::size_t end = full_name.find('.', package.size());
    if (std::ranges::find(types, full_name.substr(package.size(), end - package.size())) != std::end(types)) {
      return std::string(full_name.substr(0, end));
    }
  }
  return std::nullopt;
}

// As the language resolves names: within the container and those around it, then alone; a leading dot is alone.
std::optional<std::string> resolve(std::string_view name, std::string_view container) {
  if (name.starts_with('.')) return type_in(name.substr(1));
  while (!container.empty()) {
    if (auto found = type_in(std::string(container) + '.' + std::string(name))) return found;
    const std::size_t dot = container.rfind('.');
    container = container.substr(0, dot == std::string_view::npos ? 0 : dot);
  }
  return type_in(name);
}

// "a.b.c" of an identifier or of fields of one; else nothing.
std::string dotted(const Expr& expr) {
  if (expr.kind == ExprKind::identifier || expr.kind == ExprKind::structure) return std::string(expr.name);
  if (expr.kind != ExprKind::select || expr.test_only) return "";
  const std::string before = dotted(*expr.operand);
  return before.empty() ? "" : before + '.' + std::string(expr.name);
}

std::optional<std::string> named_in(const Expr* expr, std::string_view container) {
  if (expr == nullptr) return std::nullopt;
  if (auto found = resolve(dotted(*expr), container)) return found;
  std::vector<const Expr*> inside(expr->arguments.begin(), expr->arguments.end());
  inside.push_back(expr->operand);
  for (const ExprEntry& entry : expr->entries) inside.insert(inside.end(), {entry.key, entry.value});
  if (const Comprehension* fold = expr->comprehension) {
    inside.insert(inside.end(),
                  {fold->range, fold->accumulator_start, fold->loop_condition, fold->loop_step, fold->result});
  }
  for (const Expr* part : inside) {
    if (auto found = named_in(part, container)) return found;
  }
  return std::nullopt;
}

// In declarations and values, where types stand as message_type: "…", type: "…" and [type.googleapis.com/…].
std::optional<std::string> named_in(const Field& field) {
  constexpr std::string_view url = "[type.googleapis.com/";
  if (field.name.starts_with(url)) {
    const std::string_view name = std::string_view(field.name).substr(url.size());
    if (auto found = type_in(name.substr(0, name.size() - 1))) return found;
  }
  if (field.name == "message_type" || field.name == "type") {
    if (auto found = type_in(field.scalar)) return found;
  }
  for (const Field& inside : field.fields) {
    if (auto found = named_in(inside)) return found;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> needed_descriptor(const Case& c) {
  const auto environment = Environment::make(specification_dialect(), std::make_shared<SymbolTable>());
  if (!environment) return std::nullopt;
  const auto ast = parse(**environment, c.test.text("expr"));
  if (!ast) return std::nullopt;
  if (auto found = named_in(ast->root, c.test.text("container"))) return found;
  for (const std::string_view part : {"type_env", "bindings", "value", "typed_result"}) {
    for (const Field* field : c.test.all(part)) {
      if (auto found = named_in(*field)) return found;
    }
  }
  return std::nullopt;
}

}  // namespace kastell::cel::conformance
