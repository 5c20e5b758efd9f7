#include "policy/scan/plan.h"

#include <algorithm>

namespace kastell::policy {

namespace {

std::uint32_t number_of(SubjectPlan& plan, const std::shared_ptr<const Expression>& expression) {
  if (expression == nullptr) return PlannedRule::no_expression;
  const auto at = std::ranges::find(plan.expressions, expression.get());
  if (at == plan.expressions.end()) {
    plan.expressions.push_back(expression.get());
    return static_cast<std::uint32_t>(plan.expressions.size() - 1);
  }
  return static_cast<std::uint32_t>(at - plan.expressions.begin());
}

bool reads_network_facts(const Rule& rule) {
  return rule.expression_text.find("networkPolicies") != std::string::npos ||
         rule.expression_text.find("defaultDeny") != std::string::npos;
}

void add_rule(SubjectPlan& plan, std::size_t control, std::size_t number, const Rule& rule) {
  PlannedRule planned{static_cast<std::uint16_t>(control),
                      static_cast<std::uint16_t>(number),
                      number_of(plan, rule.when),
                      number_of(plan, rule.expression),
                      rule.absence,
                      reads_network_facts(rule)};
  plan.rules.push_back(planned);
}

}  // namespace

Plan::Plan(const Selection& selection) {
  for (std::size_t c = 0; c < selection.controls.size(); ++c) {
    const Control& control = *selection.controls[c];
    for (std::size_t r = 0; r < control.rules.size(); ++r) {
      const Rule& rule = control.rules[r];
      if (!rule.applies_to(selection.version)) continue;
      if (rule.scope != Scope::object) {
        add_rule(by_scope_[static_cast<std::size_t>(rule.scope)], c, r, rule);
        continue;
      }
      for (const std::string& kind : control.kinds) add_rule(plan_of_kind(kind), c, r, rule);
    }
  }
}

SubjectPlan& Plan::plan_of_kind(std::string_view name) {
  const std::size_t slash = name.find('/');
  const std::string_view group = slash == std::string_view::npos ? std::string_view{} : name.substr(0, slash);
  const std::string_view kind = slash == std::string_view::npos ? name : name.substr(slash + 1);
  for (KindPlan& known : by_kind_) {
    if (known.group == group && known.kind == kind) return known.plan;
  }
  return by_kind_.emplace_back(KindPlan{group, kind, {}}).plan;
}

const SubjectPlan* Plan::of_kind(std::string_view group, std::string_view kind) const {
  for (const KindPlan& known : by_kind_) {
    if (known.kind == kind && known.group == group) return &known.plan;
  }
  return nullptr;
}

bool Plan::asks_about_pods() const {
  return std::ranges::any_of(std::array{Scope::pod, Scope::container, Scope::volume},
                             [this](Scope scope) { return !of(scope).rules.empty(); });
}

}  // namespace kastell::policy
