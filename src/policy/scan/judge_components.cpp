// Judging components, of which the input may not tell everything.

#include "policy/scan/cost_limits.h"
#include "policy/scan/judge.h"

namespace kastell::policy {

using document::Node;

// `doubt`: of what carries them.
void Judge::judge_components(std::span<const kube::ComponentView> components, std::uint16_t pod, const Node& object,
                             std::uint32_t doubt) {
  for (std::uint32_t i = 0; i < components.size(); ++i) {
    const kube::ComponentView& component = components[i];
    const Subject subject = maker_.component_subject(component, pod, i, object);
    judge_subject(plan_.of(Scope::component),
                  {.subject = subject, .doubt = doubt, .component = component.has_unknowns() ? &component : nullptr});
  }
}

namespace {

// "the value of --anonymous-auth is not known: --config names /etc/a.yaml, which is not in the input"
std::string text_of(std::string_view reason, kube::PathView read, const SymbolTable& symbols) {
  std::string text = "the value of ";
  if (read.size() > 1 && !read[1].is_index) {
    text += "--" + std::string(symbols.text(read[1].symbol()));
  } else {
    text += "component." + std::string(symbols.text(read[0].symbol()));
  }
  return text + " is not known: " + std::string(reason);
}

}  // namespace

// Why a field that decided the expression's value is not known; empty if all are. Nothing if finding it would cost more
// than the control may: what is counted here was counted before, when the rule was judged, but is no less work.
std::optional<std::string> Judge::unknown_behind(const PlannedRule& rule, const Expression& expression,
                                                 const Case& one) {
  const cel::Program* program = expression.program();
  if (program == nullptr) return "";
  cel::Evaluation evaluation(snapshot_.symbols());
  std::uint64_t& spent = spent_[rule.control];
  const std::uint64_t limit = evaluation.budget.cost = expression_limit(spent);
  const auto reads = cel::deciding_reads(expression.environment(), program->ast(), evaluation, one.subject.variables());
  spent += std::min(evaluation.cost(), limit);
  if (evaluation.cost() > limit) return std::nullopt;
  for (const cel::FieldRead& read : reads) {
    const auto reason = read.variable == 0 ? kube::unknown_reason(*one.component, read.path) : std::string_view{};
    if (!reason.empty()) return text_of(reason, read.path, snapshot_.symbols());
  }
  return "";
}

// A verdict that rests on a flag whose value the input does not tell is none.
Judge::Judgement Judge::with_unknowns(const PlannedRule& rule, const Case& one, const Judgement& judgement) {
  for (const std::uint32_t number : {rule.when, rule.expression}) {
    const bool asked =
        number != PlannedRule::no_expression && (number == rule.when || judgement.verdict != Verdict::not_applicable);
    if (!asked) continue;
    const std::string_view stopped = too_costly(spent_[rule.control]);
    const auto unknown = unknown_behind(rule, *plan_.expressions()[number], one);
    // An error says what was too costly, or more.
    if (!unknown) return judgement.verdict == Verdict::error ? judgement : undecided(one, stopped, true);
    if (unknown->empty()) continue;
    if (one.component->not_followed) ++totals_.unreadable;
    return {Verdict::not_evaluated, reasons_.number_of(*unknown)};
  }
  return judgement;
}

}  // namespace kastell::policy
