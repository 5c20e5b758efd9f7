#include "cel/check/unifier.h"

#include <string>

namespace kastell::cel {

namespace {

constexpr int depth_limit = 4000;

// cel-go calls these nullable, though null is no value of theirs.
bool is_nullable(const Type& type) {
  switch (type.kind) {
    case TypeKind::null_type:
    case TypeKind::optional:
    case TypeKind::wrapper:
    case TypeKind::opaque:
    case TypeKind::object:
    case TypeKind::timestamp:
    case TypeKind::duration: return true;
    default: return false;
  }
}

bool has_assignable_parameters(TypeKind kind) {
  return kind == TypeKind::opaque || kind == TypeKind::optional || kind == TypeKind::list || kind == TypeKind::map;
}

bool is_equal_or_wider(const Type& given_a, const Type& given_b) {
  const Type& a = without_wrapper(given_a);
  const Type& b = without_wrapper(given_b);
  if (a.kind == TypeKind::dyn || a.kind == TypeKind::parameter) return true;
  if (b.kind == TypeKind::dyn || b.kind == TypeKind::parameter || a.kind != b.kind) return false;
  if (a.kind == TypeKind::type) return true;
  if (a.name != b.name || a.parameters.size() != b.parameters.size()) return false;
  for (std::size_t i = 0; i < a.parameters.size(); ++i) {
    if (!is_equal_or_wider(*a.parameters[i], *b.parameters[i])) return false;
  }
  return true;
}

}  // namespace

bool is_dyn_or_error(const Type& type) {
  return type.kind == TypeKind::dyn || type.kind == TypeKind::error;
}

const Type& most_general(const Type& a, const Type& b) {
  return is_equal_or_wider(a, b) ? a : b;
}

const Type* Unifier::fresh_variable() {
  return make_parameter_type(arena_, "_var" + std::to_string(variables_++));
}

Signature Unifier::instantiate(const Signature& signature) {
  Renaming renaming;
  std::vector<const Type*> parameters;
  parameters.reserve(signature.parameters.size());
  for (const Type* parameter : signature.parameters) parameters.push_back(rename(*parameter, renaming));
  const Type* result = rename(*signature.result, renaming);
  if (renaming.empty()) return signature;
  return {arena_.copy(std::span<const Type* const>{parameters}), result};
}

bool Unifier::is_assignable(const Type& to, const Type& from) {
  const std::size_t mark = trail_.size();
  if (assignable(to, from, 0)) return true;
  undo(mark);
  return false;
}

bool Unifier::are_assignable(std::span<const Type* const> to, std::span<const Type* const> from) {
  const std::size_t mark = trail_.size();
  if (all_assignable(to, from, 0)) return true;
  undo(mark);
  return false;
}

bool Unifier::step(int depth) {
  too_deep_ = too_deep_ || depth > depth_limit;
  return ++steps_ <= step_limit && !too_deep_;
}

bool Unifier::assignable(const Type& to, const Type& from, int depth) {
  if (!step(depth)) return false;
  if (from.kind == TypeKind::parameter) {
    const Substitution found = bind(to, from, depth);
    if (found.valid || found.known) return found.valid;
  }
  if (to.kind == TypeKind::parameter) return bind(from, to, depth).valid;
  if (is_dyn_or_error(to) || is_dyn_or_error(from)) return true;
  if (to.kind == TypeKind::null_type) return is_nullable(from);
  if (from.kind == TypeKind::null_type) return is_nullable(to);
  if (to.kind == TypeKind::wrapper || from.kind == TypeKind::wrapper) return same_type(to, from);
  if (to.kind != from.kind || to.name != from.name) return false;
  return !has_assignable_parameters(to.kind) || all_assignable(to.parameters, from.parameters, depth + 1);
}

bool Unifier::all_assignable(std::span<const Type* const> to, std::span<const Type* const> from, int depth) {
  if (to.size() != from.size()) return false;
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (!assignable(*to[i], *from[i], depth)) return false;
  }
  return true;
}

Unifier::Substitution Unifier::bind(const Type& type, const Type& variable, int depth) {
  if (!step(depth)) return {false, true};
  if (type.kind == TypeKind::parameter && same_type(type, variable)) return {true, true};
  if (const Type* bound = binding(variable)) {
    if (same_type(type, *bound)) return {true, true};
    if (!assignable(type, *bound, depth + 1)) return {false, true};
    const Type& wider = most_general(type, *bound);
    if (!occurs_in(variable, wider, depth)) set(variable, wider);
    return {true, true};
  }
  if (occurs_in(variable, type, depth)) return {false, false};
  set(variable, type);
  return {true, false};
}

bool Unifier::occurs_in(const Type& variable, const Type& type, int depth) {
  if (!step(depth) || same_type(variable, type)) return true;
  if (type.kind == TypeKind::parameter) {
    const Type* bound = binding(type);
    return bound != nullptr && occurs_in(variable, *bound, depth + 1);
  }
  for (const Type* parameter : type.parameters) {
    if (occurs_in(variable, *parameter, depth + 1)) return true;
  }
  return false;
}

const Type* Unifier::binding(const Type& variable) const {
  const auto found = bindings_.find(&variable);
  return found == bindings_.end() ? nullptr : found->second;
}

void Unifier::set(const Type& variable, const Type& type) {
  const Type*& bound = bindings_[&variable];
  trail_.emplace_back(&variable, bound);
  bound = &type;
}

void Unifier::undo(std::size_t mark) {
  for (; trail_.size() > mark; trail_.pop_back()) bindings_[trail_.back().first] = trail_.back().second;
}

template <typename Replace>
const Type* Unifier::with_parameters(const Type& type, Replace replace) {
  if (type.parameters.empty()) return &type;
  std::vector<const Type*> parameters;
  bool changed = false;
  for (const Type* parameter : type.parameters) {
    parameters.push_back(replace(*parameter));
    changed = changed || parameters.back() != parameter;
  }
  if (!changed) return &type;
  const std::span<const Type* const> given{parameters};
  return arena_.create<Type>(type.kind, type.name, std::span<const Type* const>{arena_.copy(given)});
}

const Type* Unifier::substitute(const Type& type, bool free_to_dyn, int depth) {
  if (!step(depth)) return &types::dyn;
  const Type* found = &type;
  while (found->kind == TypeKind::parameter) {
    const Type* bound = binding(*found);
    if (bound == nullptr) return free_to_dyn ? &types::dyn : found;
    found = bound;
  }
  return with_parameters(*found, [&](const Type& inner) { return substitute(inner, free_to_dyn, depth + 1); });
}

const Type* Unifier::rename(const Type& type, Renaming& renaming) {
  if (type.kind != TypeKind::parameter) {
    return with_parameters(type, [&](const Type& inner) { return rename(inner, renaming); });
  }
  for (const auto& [name, variable] : renaming) {
    if (name == type.name) return variable;
  }
  renaming.emplace_back(type.name, fresh_variable());
  return renaming.back().second;
}

}  // namespace kastell::cel
