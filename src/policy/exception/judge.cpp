// Exceptions judged by the controls about them: docs/writing-controls.md says what `exception` holds.

#include <algorithm>
#include <array>

#include "policy/exception/accept.h"
#include "policy/scan/cost_limits.h"
#include "policy/scan/reasons.h"
#include "snapshot/index.h"

namespace kastell::policy {

using document::Member;
using document::Node;

namespace {

// Whether the pattern names more than one family of controls (pod.*, rbac.*).
bool is_of_all_controls(std::string_view pattern) {
  const std::size_t star = pattern.find_first_of("*?");
  return star != std::string_view::npos && pattern.substr(0, star).find('.') == std::string_view::npos;
}

bool names_nothing(std::string_view pattern) {
  return pattern.find_first_not_of('*') == std::string_view::npos;
}

bool is_cluster_scoped(std::string_view kind) {
  const std::size_t slash = kind.rfind('/');
  if (slash != std::string_view::npos)
    return snapshot::is_cluster_scoped(kind.substr(0, slash), kind.substr(slash + 1));
  return snapshot::is_cluster_scoped("", kind) || snapshot::is_cluster_scoped("rbac.authorization.k8s.io", kind);
}

class ExceptionJudge {
 public:
  ExceptionJudge(const ScanOptions& options, ScanResult& result)
      : all_verdicts_(options.all_verdicts),
        result_(result),
        symbols_(*result.snapshot->shared_symbols()),
        evaluation_(result.snapshot->symbols()) {
    first_ = static_cast<snapshot::ObjectId>(result.snapshot->objects().size() + result.unseen.size());
  }

  void run() {
    for (std::size_t i = 0; i < result_.exceptions.size(); ++i) {
      arena_.reset();
      const Node view = view_of(result_.exceptions[i]);
      for (std::size_t control = 0; control < result_.controls.size(); ++control) {
        if (result_.controls[control]->scope == Scope::exception) judge(control, first_ + i, view);
      }
    }
  }

 private:
  void judge(std::size_t control, std::size_t object, const Node& view) {
    bool passed = false, listed = false;
    const auto& rules = result_.controls[control]->rules;
    for (std::size_t rule = 0; rule < rules.size(); ++rule) {
      const Verdict verdict = verdict_of(rules[rule], view);
      passed = passed || verdict == Verdict::pass;
      if (verdict == Verdict::pass || verdict == Verdict::not_applicable) continue;
      listed = true;
      list(control, object, rule, verdict);
    }
    if (listed) return;
    ControlCount& count = result_.counts[control];
    ++(passed ? count.pass : count.not_applicable);
    if (all_verdicts_) list(control, object, 0, passed ? Verdict::pass : Verdict::not_applicable);
  }

  Verdict verdict_of(const Rule& rule, const Node& view) {
    if (rule.when) {
      const auto when = evaluate(*rule.when, view);
      if (!when) return Verdict::error;
      if (!*when) return Verdict::not_applicable;
    }
    const auto holds = evaluate(*rule.expression, view);
    if (!holds) return Verdict::error;
    if (*holds) return Verdict::pass;
    const bool closed = result_.snapshot->world() == snapshot::World::closed && result_.snapshot->is_complete();
    return rule.absence && !closed ? Verdict::not_evaluated : Verdict::fail;
  }

  std::optional<bool> evaluate(const Expression& expression, const Node& view) {
    const cel::Program* program = expression.program();
    if (program == nullptr) return std::nullopt;
    evaluation_.reset();
    evaluation_.budget.cost = expression_cost_limit;
    const cel::Value value = program->evaluate(evaluation_, {&view, 1});
    return value.kind == cel::Kind::boolean ? std::optional(value.boolean) : std::nullopt;
  }

  void list(std::size_t control, std::size_t object, std::size_t rule, Verdict verdict) {
    ControlCount& count = result_.counts[control];
    Finding finding{static_cast<snapshot::ObjectId>(object), static_cast<std::uint16_t>(control),
                    static_cast<std::uint16_t>(rule), verdict};
    if (verdict == Verdict::fail) ++count.fail;
    if (verdict == Verdict::error) ++count.error, ++result_.unreadable;
    if (verdict == Verdict::not_evaluated) {
      ++count.not_evaluated;
      const bool open = result_.snapshot->world() == snapshot::World::open;
      if (open) ++result_.decided_by_closed_world;
      finding.reason = reason_of(open ? rests_on_absence : rests_on_unread_absence);
    }
    result_.findings.push_back(finding);
  }

  std::uint32_t reason_of(std::string_view text) {
    const auto at = std::ranges::find(result_.reasons, text);
    const auto number = static_cast<std::uint32_t>(at - result_.reasons.begin());
    if (at == result_.reasons.end()) result_.reasons.emplace_back(text);
    return number;
  }

  Node view_of(const ExceptionUse& use) {
    const Exception& exception = use.exception;
    const bool listed = !use.annotated.has_value();
    const auto text = [](const std::string& value) { return Node::make_string(value); };
    const auto truth = [](bool value) { return Node::make_boolean(value); };
    const auto number = [](std::uint64_t value) { return Node::make_integer(static_cast<std::int64_t>(value)); };
    const std::array<Member, 15> members = {{
        {key("control"), text(exception.control)},
        {key("owner"), text(exception.owner)},
        {key("reason"), text(exception.reason)},
        {key("ticket"), text(exception.ticket)},
        {key("until"), Node::make_string(exception.until ? arena_.copy(day_text(*exception.until)) : "")},
        {key("problem"), text(exception.problem)},
        {key("expired"), truth(use.is_expired)},
        {key("asked"), truth(use.is_asked)},
        {key("hasTarget"), truth(use.has_target)},
        {key("accepted"), number(use.accepted)},
        {key("undecided"), number(use.undecided)},
        {key("ofAllControls"), truth(is_of_all_controls(exception.control))},
        {key("ofAllNamespaces"),
         truth(listed && names_nothing(exception.name_space) && !is_cluster_scoped(exception.kind))},
        {key("ofAllObjects"), truth(listed && exception.kind.empty() && names_nothing(exception.name))},
        {key("inFile"), truth(listed)},
    }};
    return make_object(arena_, members, false);
  }

  Symbol key(std::string_view text) { return symbols_.intern(text); }

  const bool all_verdicts_;
  ScanResult& result_;
  SymbolTable& symbols_;
  cel::Evaluation evaluation_;
  Arena arena_{1024};
  snapshot::ObjectId first_;
};

}  // namespace

void judge_exceptions(const ScanOptions& options, ScanResult& result) {
  ExceptionJudge(options, result).run();
}

}  // namespace kastell::policy
