#include "cel/evaluate/names.h"

#include <algorithm>

namespace kastell::cel {

std::vector<std::string> candidate_names(std::string_view container, std::string_view name) {
  if (is_rooted(name)) return {std::string(without_root(name))};
  std::vector<std::string> names;
  while (!container.empty()) {
    names.push_back(std::string(container).append(".").append(name));
    const auto dot = container.rfind('.');
    container = dot == std::string_view::npos ? std::string_view{} : container.substr(0, dot);
  }
  names.emplace_back(name);
  return names;
}

std::optional<std::string> qualified_name(const Expr& expr) {
  std::vector<std::string_view> parts;
  const Expr* part = &expr;
  for (; part->kind == ExprKind::select && !part->test_only; part = part->operand) parts.push_back(part->name);
  if (part->kind != ExprKind::identifier) return std::nullopt;
  std::string name(part->name);
  std::for_each(parts.rbegin(), parts.rend(), [&](std::string_view field) { name.append(".").append(field); });
  return name;
}

}  // namespace kastell::cel
