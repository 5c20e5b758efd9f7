// The checker's treatment of lists, maps, structures and comprehensions.
#include <algorithm>

#include "base/text.h"
#include "cel/check/checker.h"
#include "cel/check/type_text.h"
#include "cel/evaluate/names.h"
#include "cel/patch/patch_types.h"
#include "cel/well_known/messages.h"

namespace kastell::cel {

// The most general of the elements' types, so far and with one more; dyn if they have none in common.
const Type* Checker::join(const Type* previous, const Type* current) {
  if (previous == nullptr) return current;
  if (!unifier_.is_assignable(*previous, *current)) return &types::dyn;
  if (environment_.options().null_joins_nullable_types && current->kind == TypeKind::null_type) return previous;
  return &most_general(*previous, *current);
}

// What an element written ?x gives if it is there.
const Type* Checker::without_optional(const Expr& element, const Type& type) {
  if (type.kind == TypeKind::optional) return type.parameters[0];
  if (type.kind != TypeKind::dyn) report_mismatch(element, *make_optional_type(*ast_.arena, type), type);
  return &type;
}

const Expr* Checker::check_list(const Expr& expr) {
  const std::span<const Expr* const> elements = check_all(expr.arguments);
  const Type* joined = nullptr;
  auto next_optional = expr.optional_elements.begin();
  for (std::uint32_t i = 0; i < elements.size(); ++i) {
    const Type* type = type_of(*elements[i]);
    if (next_optional != expr.optional_elements.end() && *next_optional == i) {
      type = without_optional(*elements[i], *type);
      ++next_optional;
    }
    joined = join(joined, type);
  }
  set_type(expr, make_list_type(*ast_.arena, joined != nullptr ? *joined : *unifier_.fresh_variable()));
  if (elements.data() == expr.arguments.data()) return &expr;
  Expr list = expr;
  list.arguments = elements;
  return changed(list);
}

const Expr* Checker::check_map(const Expr& expr) {
  const Type* key_type = nullptr;
  const Type* value_type = nullptr;
  std::vector<ExprEntry> entries{expr.entries.begin(), expr.entries.end()};
  for (ExprEntry& entry : entries) {
    entry.key = check(*entry.key);
    key_type = join(key_type, type_of(*entry.key));
    entry.value = check(*entry.value);
    const Type* type = type_of(*entry.value);
    if (entry.optional) type = without_optional(*entry.value, *type);
    value_type = join(value_type, type);
  }
  if (key_type == nullptr) key_type = unifier_.fresh_variable();
  if (value_type == nullptr) value_type = unifier_.fresh_variable();
  set_type(expr, make_map_type(*ast_.arena, *key_type, *value_type));
  Expr map = expr;
  map.entries = ast_.arena->copy(std::span<const ExprEntry>{entries});
  return changed(map);
}

// The type that the structure's name denotes; null if there is none, which is then reported.
const Type* Checker::resolve_structure(const Expr& expr, std::string_view& type_name) {
  for (const std::string& candidate : candidate_names(environment_.container(), expr.name)) {
    const Value* constant = environment_.find_constant(candidate);
    const bool is_patch_type = environment_.options().patch_types && patch::is_type(candidate);
    if (constant == nullptr && !is_patch_type) continue;
    type_name = ast_.arena->copy(candidate);
    set_reference(expr, {.name = type_name});
    if (is_patch_type) return make_object_type(*ast_.arena, type_name);
    if (constant->kind != value_kind::type) {
      report(expr.at, "'" + std::string{cel::type_name(*constant)} + "' is not a type");
      return nullptr;
    }
    const Type& type = as_type(*constant);
    if (type.kind == TypeKind::object || find_well_known_message(candidate) != nullptr) return &type;
    report(expr.at, "'" + to_string(type) + "' is not a message type");
    return nullptr;
  }
  report_undeclared(expr, expr.name, false);
  return nullptr;
}

const Expr* Checker::check_structure(const Expr& expr) {
  Expr structure = expr;
  const Type* type = resolve_structure(expr, structure.name);
  set_type(expr, type != nullptr ? type : &types::error);
  std::vector<ExprEntry> entries{expr.entries.begin(), expr.entries.end()};
  for (ExprEntry& entry : entries) {
    entry.value = check(*entry.value);
    const Type* wanted = type == nullptr ? &types::error : structure_field(structure.name, entry.field, entry.at);
    check_field_value(entry, wanted);
  }
  structure.entries = ast_.arena->copy(std::span<const ExprEntry>{entries});
  return changed(structure);
}

void Checker::check_field_value(const ExprEntry& entry, const Type* wanted) {
  const Type* given = type_of(*entry.value);
  if (entry.optional) given = without_optional(*entry.value, *given);
  if (unifier_.is_assignable(*wanted, *given)) return;
  report(entry.at, "expected type of field '" + std::string{entry.field} + "' is '" + type_text(*wanted) +
                       "' but provided type is '" + type_text(*given) + "'");
}

const Type* Checker::structure_field(std::string_view object_type, std::string_view field, std::uint32_t at) {
  if (const Type* type = environment_.find_field(object_type, field)) return type;
  const WellKnownMessage* message = find_well_known_message(object_type);
  const Type* known = message == nullptr ? nullptr : find_field(*message, field);
  if (known == nullptr && !environment_.has_object_type(object_type)) known = patch::find_field(object_type, field);
  if (known != nullptr) return known;
  std::vector<std::string_view> fields = environment_.field_names(object_type);
  if (object_type == patch::json_patch_name)
    fields = {patch::json_patch_fields.begin(), patch::json_patch_fields.end()};
  const auto close = nearest(field, fields);
  report(at, "undefined field '" + std::string{field} + "'",
         close ? "did you mean '" + std::string{*close} + "'?" : std::string{});
  return &types::error;
}

std::pair<const Type*, const Type*> Checker::iteration_types(const Comprehension& comprehension) {
  const Type* range = unifier_.resolve(*type_of(*comprehension.range));
  const bool two = !comprehension.iteration_variable2.empty();
  switch (range->kind) {
    case TypeKind::list: {
      const Type* element = range->parameters[0];
      return two ? std::pair{&types::int_, element} : std::pair{element, element};
    }
    case TypeKind::map: return {range->parameters[0], range->parameters[1]};
    case TypeKind::dyn:
    case TypeKind::error:
    case TypeKind::parameter: unifier_.is_assignable(types::dyn, *range); return {&types::dyn, &types::dyn};
    default:
      report(comprehension.range->at, "expression of type '" + type_text(*range) +
                                          "' cannot be range of a comprehension (must be list, map, or dynamic)");
      return {&types::error, &types::error};
  }
}

const Expr* Checker::check_comprehension(const Expr& expr) {
  Comprehension fold = *expr.comprehension;
  fold.range = check(*fold.range);
  fold.accumulator_start = check(*fold.accumulator_start);
  const Type* accumulator = type_of(*fold.accumulator_start);
  // cel-go forgets here, for the rest of the expression, that such comparisons are switched off.
  numeric_comparison_across_types_ = true;

  const std::size_t outside = locals_.size();
  const auto [first, second] = iteration_types(fold);
  locals_.emplace_back(fold.accumulator, accumulator);
  const std::size_t outside_loop = locals_.size();
  locals_.emplace_back(fold.iteration_variable, first);
  if (!fold.iteration_variable2.empty()) locals_.emplace_back(fold.iteration_variable2, second);
  fold.loop_condition = check(*fold.loop_condition);
  expect_type(*fold.loop_condition, types::boolean);
  fold.loop_step = check(*fold.loop_step);
  expect_type(*fold.loop_step, *accumulator);
  locals_.resize(outside_loop);
  fold.result = check(*fold.result);
  locals_.resize(outside);

  set_type(expr, unifier_.resolve(*type_of(*fold.result)));
  Expr comprehension = expr;
  comprehension.comprehension = ast_.arena->create<Comprehension>(fold);
  return changed(comprehension);
}

}  // namespace kastell::cel
