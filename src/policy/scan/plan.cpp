#include "policy/scan/plan.h"

#include <algorithm>

#include "policy/catalog/joins.h"

namespace kastell::policy {

std::uint32_t Plan::number_of(const Expression* expression) {
  if (expression == nullptr) return PlannedRule::no_expression;
  const auto next = static_cast<std::uint32_t>(expressions_.size());
  const auto [known, added] = numbers_.try_emplace(expression, next);
  if (added) expressions_.push_back(expression);
  return known->second;
}

void Plan::add_rule(SubjectPlan& plan, std::size_t control, std::size_t number, const Rule& rule) {
  const bool joins_service_account = (rule.joins & service_account_joins_) != 0;
  plan.push_back({static_cast<std::uint16_t>(control), static_cast<std::uint16_t>(number), number_of(rule.when),
                  number_of(rule.expression), rule.absence, rule.absent_kind, joins_service_account, &rule});
  joins_service_accounts_ = joins_service_accounts_ || joins_service_account;
}

Plan::Plan(const Selection& selection) : service_account_joins_(joins_with("", "ServiceAccount")) {
  numbers_.reserve(4 * selection.controls.size());
  for (std::size_t c = 0; c < selection.controls.size(); ++c) {
    const Control& control = *selection.controls[c];
    for (std::size_t r = 0; r < control.rules.size(); ++r) {
      const Rule& rule = control.rules[r];
      if (!rule.applies_to(selection.version)) continue;
      if (rule.scope != Scope::object) {
        add_rule(by_scope_[static_cast<std::size_t>(rule.scope)], c, r, rule);
        continue;
      }
      for (const std::string_view kind : control.kinds) add_rule(plan_of_kind(kind), c, r, rule);
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
  return std::ranges::any_of(std::array{Scope::pod, Scope::container, Scope::volume, Scope::component},
                             [this](Scope scope) { return !of(scope).empty(); });
}

}  // namespace kastell::policy
