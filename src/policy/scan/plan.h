// A scan's plan: the selected rules by scope and kind, so that an object meets only those that concern it.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "policy/scan/selection.h"

namespace kastell::policy {

struct PlannedRule {
  static constexpr std::uint32_t no_expression = 0xFFFFFFFF;

  std::uint16_t control;  // number into Selection::controls
  std::uint16_t rule;
  std::uint32_t when;  // numbers into Plan::expressions()
  std::uint32_t expression;
  bool absence;
  std::optional<JoinedKind> absent_kind;
  bool joins_service_account;
  const Rule* source;
};

// What is asked of one kind of subject. Rules of one control lie side by side.
using SubjectPlan = std::vector<PlannedRule>;

class Plan {
 public:
  explicit Plan(const Selection& selection);

  // All scopes but `object`.
  const SubjectPlan& of(Scope scope) const { return by_scope_[static_cast<std::size_t>(scope)]; }
  // Scope object: null if no control asks about this kind.
  const SubjectPlan* of_kind(std::string_view group, std::string_view kind) const;
  bool asks_about_pods() const;
  bool joins_service_accounts() const { return joins_service_accounts_; }

  const std::vector<const Expression*>& expressions() const { return expressions_; }  // each once

 private:
  struct KindPlan {
    std::string_view group, kind;
    SubjectPlan plan;
  };
  SubjectPlan& plan_of_kind(std::string_view name);
  void add_rule(SubjectPlan& plan, std::size_t control, std::size_t number, const Rule& rule);
  std::uint32_t number_of(const Expression* expression);

  std::array<SubjectPlan, scope_count> by_scope_;
  std::vector<KindPlan> by_kind_;
  std::vector<const Expression*> expressions_;
  std::unordered_map<const Expression*, std::uint32_t> numbers_;
  std::uint64_t service_account_joins_;
  bool joins_service_accounts_ = false;
};

}  // namespace kastell::policy
