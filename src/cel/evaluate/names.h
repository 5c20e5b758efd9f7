// Names: how unchecked ones are resolved.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/ast.h"

namespace kastell::cel {

// ".a" means the variable a, whatever a comprehension calls its own.
inline bool is_rooted(std::string_view name) {
  return name.starts_with('.');
}
inline std::string_view without_root(std::string_view name) {
  return is_rooted(name) ? name.substr(1) : name;
}

// What `name` may mean inside `container`, the most specific first: for a.b and x: a.b.x, a.x, x.
std::vector<std::string> candidate_names(std::string_view container, std::string_view name);

// a.b.c as text if the tree is nothing but selects on an identifier.
std::optional<std::string> qualified_name(const Expr& expr);

// Limits on nesting: the parser's is lower, so reaching this one takes a tree made by hand.
inline constexpr std::uint32_t evaluation_depth_limit = 2000;
inline constexpr std::string_view evaluation_depth_exceeded =
    "evaluation depth limit exceeded: the expression is nested too deeply";

}  // namespace kastell::cel
