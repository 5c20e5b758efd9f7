// Judging what the schema of Kubernetes' API says of an object's fields.

#include "policy/scan/judge.h"
#include "policy/scan/reasons.h"

namespace kastell::policy {

using document::Node;

void Judge::judge_fields(const snapshot::Object& object) {
  using Schema = kube::FieldReport::Schema;
  const SubjectPlan& plan = plan_.of(Scope::field);
  if (plan.empty()) return;
  const FieldFacts& facts = facts_.fields();
  const kube::FieldReport report = field_check_.check(object, maker_.arena());
  if (report.schema == Schema::not_served) return judge_nobody(plan, 0, 0);
  if (report.schema != Schema::known) {
    const Subject subject =
        SubjectMaker::member_subject(Scope::field, facts.of_unknown(maker_.arena()), Finding::no_member, object.root);
    return judge_subject(
        plan, {.subject = subject,
               .unknown = reasons_.number_of(report.schema == Schema::unknown ? no_schema : schema_too_costly)});
  }
  if (report.problems.empty()) {
    return judge_field(plan, facts.of_flawless(maker_.arena()), Finding::no_member, object.root);
  }
  for (std::uint32_t i = 0; i < report.problems.size(); ++i) {
    const kube::FieldProblem& problem = report.problems[i];
    const std::uint32_t unknown = problem.is_undecided ? reasons_.number_of(problem.explanation) : 0;
    const std::size_t listed = findings_->size();
    judge_field(plan, facts.of_problem(problem, maker_.arena()), i, object.root, unknown);
    if (problem.is_unreadable && findings_->size() > listed) ++totals_.unreadable;
  }
}

void Judge::judge_field(const SubjectPlan& plan, const Node& field, std::uint32_t number, const Node& object,
                        std::uint32_t unknown) {
  const Subject subject = SubjectMaker::member_subject(Scope::field, field, number, object);
  judge_subject(plan, {.subject = subject, .unknown = unknown});
}

}  // namespace kastell::policy
