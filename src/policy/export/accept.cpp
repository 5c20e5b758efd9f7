#include "policy/export/accept.h"

#include <algorithm>
#include <array>

#include "policy/export/cel_text.h"
#include "policy/export/condition.h"
#include "policy/scan/selection.h"

namespace kastell::policy {

namespace {

// CEL takes 100,000 characters for an expression, in which others stand as well.
constexpr std::size_t longest_condition = 64'000;

// Or-ed together, up to a length.
class AnyOf {
 public:
  bool add(const std::string& condition) {
    if (text_.size() + condition.size() > longest_condition) return false;
    text_.append(text_.empty() ? "" : " ||\n").append("(").append(condition).append(")");
    return true;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// Written as RFC 3339 does, times and days compare as texts.
constexpr auto variables = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"objectName", "object.metadata.?name.orValue(object.metadata.?generateName.orValue(''))"},
    {"objectNamespace", "object.kind == 'Namespace' ? '' : request.?namespace.orValue('')"},
    {"times",
     "((request.operation == 'CREATE' ? [object.metadata.?creationTimestamp.orValue(null)] : []) +\n"
     "object.metadata.?managedFields.orValue([]).map(entry, entry.?time.orValue(null))).filter(time, time != null)"},
    {"today", "variables.times == [] ? '9999-12-31' : variables.times.max()"},
});

}  // namespace

// What the exceptions that were added so far accept of one policy.
class AcceptanceExport::Conditions {
 public:
  bool add(const Exception& exception, const std::string& condition) {
    if (exception.container.empty()) return objects_.add(condition);
    return containers_.add("container.?name.orValue('') == " + cel_text(exception.container) +
                           (condition == "true" ? "" : " && " + condition));
  }

  void add_to(ExportedPolicy& policy) const {
    if (!objects_.text().empty()) policy.variables.push_back({"accepted", objects_.text()});
    for (PolicyValidation& validation : policy.validations) {
      if (validation.is_of_containers && !containers_.text().empty()) {
        validation.failing.append(".filter(container, !(").append(containers_.text()).append("))");
      }
      if (objects_.text().empty()) continue;
      validation.expression = "(" + validation.expression + ") ? true : variables.accepted";
    }
  }

 private:
  AnyOf objects_, containers_;
};

AcceptanceExport::AcceptanceExport(const ExportOptions& options) {
  if (!options.exceptions) return;
  for (const Exception& exception : options.exceptions->exceptions()) {
    One& one = all_.emplace_back(&exception);
    one.is_over = exception.until && *exception.until < options.today;
    one.refused = one.is_over ? "expired after " + day_text(*exception.until) : not_expressible(exception);
  }
}

void AcceptanceExport::add(One& one, ExportedPolicy& policy, Conditions& conditions) {
  const Exception& exception = *one.exception;
  if (!exception.container.empty() && std::ranges::none_of(policy.validations, &PolicyValidation::is_of_containers)) {
    one.idle = "names a container, and its controls are about none";
    return;
  }
  const auto condition = condition_of(exception, policy.resources);
  if (!condition) {
    one.idle = condition.error();
  } else if (!conditions.add(exception, *condition)) {
    one.refused = "there are more than an expression holds";
  } else {
    ++one.policies;
    policy.accepted.push_back(&exception);
  }
}

void AcceptanceExport::add_to(ExportedPolicy& policy) {
  Conditions conditions;
  for (One& one : all_) {
    const bool is_asked = (one.refused.empty() || one.policies != 0) && !one.is_over;
    if (is_asked && matches_glob(one.exception->control, policy.control->id)) add(one, policy, conditions);
  }
  conditions.add_to(policy);
}

std::vector<ExportedException> AcceptanceExport::finish() && {
  std::vector<ExportedException> result;
  for (One& one : all_) {
    std::string why = !one.refused.empty() ? std::move(one.refused) : one.policies == 0 ? std::move(one.idle) : "";
    result.push_back({one.exception, one.policies, std::move(why)});
  }
  return result;
}

std::vector<PolicyVariable> variables_of_exceptions() {
  std::vector<PolicyVariable> result;
  for (const auto& [name, expression] : variables) result.push_back({std::string(name), std::string(expression)});
  return result;
}

}  // namespace kastell::policy
