// Judging components and patches, of which the input may not tell everything.

#include <algorithm>
#include <iterator>

#include "policy/scan/cost_limits.h"
#include "policy/scan/judge.h"
#include "policy/scan/reasons.h"

namespace kastell::policy {

using document::Node;

// `doubt`: of what carries them.
void Judge::judge_components(std::span<const kube::ComponentView> components, std::uint16_t pod, const Node& object,
                             std::uint32_t doubt) {
  for (std::uint32_t i = 0; i < components.size(); ++i) {
    const kube::ComponentView& component = components[i];
    const Subject subject = maker_.component_subject(component, pod, i, object);
    judge_subject(plan_.of(Scope::component),
                  {.subject = subject,
                   .doubt = doubt,
                   .component = component.has_unknowns() || component.is_overlay ? &component : nullptr});
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

// What decided the value of the rule's expressions. Nothing if finding it would cost more than the control may: what is
// counted here was counted before, when the rule was judged, but is no less work.
std::optional<Judge::Reads> Judge::reads_behind(const PlannedRule& rule, const Expression& expression,
                                                const Case& one) {
  const cel::Program* program = expression.program();
  if (program == nullptr) return Reads{};
  cel::Evaluation evaluation(snapshot_.symbols());
  std::uint64_t& spent = spent_[rule.control];
  const std::uint64_t limit = evaluation.budget.cost = expression_limit(spent);
  auto reads = cel::deciding_reads(expression.environment(), program->ast(), evaluation, one.subject.variables());
  spent += std::min(evaluation.cost(), limit);
  if (evaluation.cost() > limit) return std::nullopt;
  return reads;
}

// Of `when` first; of the other only if it was asked.
std::optional<Judge::Reads> Judge::reads_behind(const PlannedRule& rule, const Case& one, Verdict verdict) {
  Reads all;
  for (const std::uint32_t number : {rule.when, rule.expression}) {
    const bool asked =
        number != PlannedRule::no_expression && (number == rule.when || verdict != Verdict::not_applicable);
    if (!asked) continue;
    auto reads = reads_behind(rule, *plan_.expressions()[number], one);
    if (!reads) return std::nullopt;
    std::ranges::move(*reads, std::back_inserter(all));
  }
  return all;
}

// Why a field that decided is not known; empty if all are.
std::string Judge::unknown_behind(const Reads& reads, const Case& one) {
  for (const cel::FieldRead& read : reads) {
    const auto reason = read.variable == 0 ? kube::unknown_reason(*one.component, read.path) : std::string_view{};
    if (!reason.empty()) return text_of(reason, read.path, snapshot_.symbols());
  }
  return {};
}

// A verdict that rests on a flag whose value the input does not tell is none. One that rests on nothing that is written
// for an overlay is that of the object below it.
Judge::Judgement Judge::with_unknowns(const PlannedRule& rule, const Case& one, const Judgement& judgement) {
  const std::string_view stopped = too_costly(spent_[rule.control]);
  const auto reads = reads_behind(rule, one, judgement.verdict);
  // An error says what was too costly, or more.
  if (!reads) return judgement.verdict == Verdict::error ? judgement : undecided(one, stopped, true);
  const auto is_written = [&one](const cel::FieldRead& read) {
    return read.variable == 0 && kube::is_written(*one.component, read.path);
  };
  if (one.component->is_overlay && std::ranges::none_of(*reads, is_written)) return {Verdict::not_applicable};
  const std::string unknown = unknown_behind(*reads, one);
  if (unknown.empty()) return judgement;
  if (one.component->not_followed) ++totals_.unreadable;
  return {Verdict::not_evaluated, reasons_.number_of(unknown)};
}

// A verdict that rests on a member that a patch does not have is none: what is patched may have it.
Judge::Judgement Judge::with_absent(const PlannedRule& rule, const Case& one, const Judgement& judgement) {
  if (judgement.verdict != Verdict::fail && judgement.verdict != Verdict::pass) return judgement;
  const auto reads = reads_behind(rule, one, judgement.verdict);
  const auto is_absent = [&one](const cel::FieldRead& read) {
    if (read.variable != 0 || read.path.empty()) return false;
    document::Path path = read.path;
    // What is handed down by the pod, the container that is patched may say otherwise.
    if (path[0] == document::Step::key(symbols::effective)) path[0] = document::Step::key(symbols::securityContext);
    return document::find(one.subject.values[0], path) == nullptr;
  };
  if (reads && std::ranges::none_of(*reads, is_absent)) return judgement;
  return undecided(one, may_be_patch, false);
}

}  // namespace kastell::policy
