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
    {"givenName", "object.metadata.?name.orValue('')"},
    {"generateName", "request.operation == 'CREATE' ? object.metadata.?generateName.orValue('') : ''"},
    // What is yet to be named is called what its name begins with, as in a scan; the API server has added five letters.
    {"objectName",
     "variables.generateName != '' && (variables.givenName == '' ||\n"
     "(variables.givenName.startsWith(variables.generateName) &&\n"
     "size(variables.givenName) == size(variables.generateName) + 5)) ? variables.generateName : variables.givenName"},
    {"objectNamespace", "object.kind == 'Namespace' ? '' : request.?namespace.orValue('')"},
    {"times",
     "((request.operation == 'CREATE' ? [object.metadata.?creationTimestamp.orValue(null)] : []) +\n"
     "object.metadata.?managedFields.orValue([]).map(entry, entry.?time.orValue(null))).filter(time, time != null)"},
    {"today", "variables.times == [] ? '9999-12-31' : variables.times.max()"},
    {"isMadeByController",
     "request.userInfo.?username.orValue('') in ['system:kube-controller-manager',\n"
     "'system:serviceaccount:kube-system:cronjob-controller', "
     "'system:serviceaccount:kube-system:daemon-set-controller',\n"
     "'system:serviceaccount:kube-system:deployment-controller', 'system:serviceaccount:kube-system:job-controller',\n"
     "'system:serviceaccount:kube-system:replicaset-controller',\n"
     "'system:serviceaccount:kube-system:replication-controller',\n"
     "'system:serviceaccount:kube-system:statefulset-controller'] ||\n"
     "(request.operation == 'UPDATE' && object.?spec == oldObject.?spec)"},
    {"controllers",
     "!variables.isMadeByController ? [] :\n"
     "object.metadata.?ownerReferences.orValue([]).filter(owner, owner.?controller.orValue(false))"},
    {"hash", "'-' + object.metadata.?labels[?'pod-template-hash'].orValue('')"},
});

// Itself and what it was made of: {apiVersion, kind, name} each. A ReplicaSet is called after its Deployment and the
// hash of the template, a Job after its CronJob and the minute.
constexpr std::string_view own_and_owner =
    "[{'apiVersion': object.apiVersion, 'kind': object.kind, 'name': variables.objectName}] +\n"
    "variables.controllers.map(owner, {'apiVersion': owner.apiVersion, 'kind': owner.kind, 'name': owner.name})";
constexpr std::string_view and_their_makers =
    " +\n"
    "variables.controllers.filter(owner, object.kind == 'Pod' && owner.apiVersion == 'apps/v1' &&\n"
    "owner.kind == 'ReplicaSet' && variables.hash != '-' && owner.name.endsWith(variables.hash)).map(owner,\n"
    "{'apiVersion': 'apps/v1', 'kind': 'Deployment',\n"
    "'name': owner.name.substring(0, size(owner.name) - size(variables.hash))}) +\n"
    "variables.controllers.filter(owner, object.kind == 'Pod' && owner.apiVersion == 'batch/v1' &&\n"
    "owner.kind == 'Job' && owner.name.matches('.-[0-9]+$')).map(owner,\n"
    "{'apiVersion': 'batch/v1', 'kind': 'CronJob', 'name': owner.name.substring(0, owner.name.lastIndexOf('-'))})";

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

// Where only pods are asked, anybody may make the ReplicaSet or Job in between, and call it what they like.
std::vector<PolicyVariable> variables_of_exceptions(const std::vector<PolicyResources>& asked) {
  std::vector<PolicyVariable> result;
  for (const auto& [name, expression] : variables) result.push_back({std::string(name), std::string(expression)});
  std::string owners(own_and_owner);
  if (asks_templates(asked)) owners += and_their_makers;
  result.push_back({"owners", std::move(owners)});
  return result;
}

}  // namespace kastell::policy
