#include "policy/export/rule_export.h"

#include <algorithm>
#include <array>

#include "policy/export/messages.h"
#include "policy/export/translate.h"

namespace kastell::policy {

namespace {

// Where a scope's subjects are in the object, and what each is called there.
struct Subjects {
  Scope scope;
  std::string_view list, variable;
};
constexpr auto subject_lists = std::to_array<Subjects>({
    {Scope::container, "variables.containers", "container"},
    {Scope::volume, "variables.podSpec.?volumes.orValue([])", "volume"},
    {Scope::role_rule, "object.?rules.orValue([])", "rule"},
    {Scope::subject, "object.?subjects.orValue([])", "subject"},
});

// A message that names a value or a field, which an expression cannot find, gives way to the title.
std::string message_expression_of(const Control& control, const Rule& rule, std::string_view failing) {
  std::string own = message_expression(rule.message, rule.scope, failing);
  if (!own.empty()) return own;
  if (rule.scope == Scope::container) {
    return message_expression(std::string(control.title) + ": {container}", rule.scope, failing);
  }
  if (rule.scope == Scope::volume)
    return message_expression(std::string(control.title) + ": {name}", rule.scope, failing);
  return {};
}

void set_message(PolicyValidation& validation, const Control& control, const Rule& rule, std::string_view failing) {
  const bool fixed = rule.message.find('{') == std::string::npos;
  validation.message = fixed ? rule.message : control.title;
  if (!fixed) validation.message_expression = message_expression_of(control, rule, failing);
}

// `when` may be empty.
PolicyValidation of_object(const Control& control, const Rule& rule, const std::string& when,
                           const std::string& condition) {
  PolicyValidation result;
  result.expression = when.empty() ? condition : "!(" + when + ") || (" + condition + ")";
  set_message(result, control, rule, {});
  return result;
}

PolicyValidation of_each(const Control& control, const Rule& rule, const Subjects& subjects, const std::string& fails,
                         std::string variable) {
  PolicyValidation result;
  const std::string failing = "variables." + variable;
  result.variable = std::move(variable);
  result.failing.append(subjects.list).append(".filter(").append(subjects.variable).append(", ").append(fails) += ")";
  result.expression = "size(" + failing + ") == 0";
  set_message(result, control, rule, failing);
  return result;
}

}  // namespace

std::expected<PolicyValidation, std::string> export_rule(const Control& control, const Rule& rule, std::string variable,
                                                         const Parameters& parameters) {
  if (rule.absence) return std::unexpected("rests on something that is absent from the cluster");
  if (rule.undecided) return std::unexpected("cannot be decided by what the object says");
  const auto condition = translate(*rule.expression, parameters);
  if (!condition) return std::unexpected(condition.error());
  std::string when;
  if (rule.when != nullptr) {
    auto translated = translate(*rule.when, parameters);
    if (!translated) return std::unexpected(std::move(translated.error()));
    when = std::move(*translated);
  }
  const auto* subjects = std::ranges::find(subject_lists, rule.scope, &Subjects::scope);
  if (subjects == subject_lists.end()) return of_object(control, rule, when, *condition);
  const std::string fails = (when.empty() ? "" : "(" + when + ") && ") + "!(" + *condition + ")";
  return of_each(control, rule, *subjects, fails, std::move(variable));
}

}  // namespace kastell::policy
