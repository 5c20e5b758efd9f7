#include "policy/scan/judge.h"

#include <algorithm>
#include <tuple>

#include "kube/api_resource.h"
#include "kube/rbac_resources.h"
#include "policy/scan/cost_limits.h"
#include "policy/scan/owners.h"
#include "policy/scan/reasons.h"

namespace kastell::policy {

using document::Node;
using kube::PodProblem;

namespace {

constexpr std::string_view rbac_group = "rbac.authorization.k8s.io";

// Operators merge containers of a custom resource into their own by name (monitoring.coreos.com/Prometheus); such a one
// needs no image. Those that Kubernetes itself makes pods of do.
auto is_patch_in(const Node& object) {
  const Node* version = object.find(symbols::apiVersion);
  const bool custom = version != nullptr && !kube::is_built_in_group(kube::api_group(version->as_string()));
  return [custom](const kube::ContainerView& container) {
    return custom && container.view.find(symbols::image) == nullptr;
  };
}

}  // namespace

std::uint32_t ReasonTable::number_of(std::string_view text) {
  if (const auto known = numbers_.find(text); known != numbers_.end()) return known->second;
  const auto number = static_cast<std::uint32_t>(texts_.size());
  texts_.emplace_back(text);
  numbers_.emplace(text, number);
  return number;
}

Judge::Judge(const snapshot::Snapshot& snapshot, const Facts& facts, const Plan& plan, std::size_t control_count,
             bool all_verdicts)
    : snapshot_(snapshot),
      facts_(facts),
      plan_(plan),
      all_verdicts_(all_verdicts),
      closed_(snapshot.world() == snapshot::World::closed),
      maker_(snapshot, facts, plan.joins_service_accounts()),
      field_check_(facts.fields().make_check()),
      evaluation_(snapshot.symbols()) {
  totals_.counts.resize(control_count);
  remembered_.resize(plan.expressions().size());
  spent_.resize(control_count);
}

void Judge::judge(snapshot::ObjectId id, std::vector<Finding>& findings) {
  const std::size_t before = findings.size();
  const snapshot::Object& object = snapshot_.object(id);
  id_ = id;
  findings_ = &findings;
  maker_.arena().reset();
  std::ranges::fill(spent_, 0);
  if (const SubjectPlan* plan = plan_.of_kind(object.group(), object.kind)) judge_object(object, *plan);
  judge_fields(object);
  if (object.group() == rbac_group) {
    judge_members(object, Scope::role_rule, "Role");
    judge_members(object, Scope::subject, "RoleBinding");
  }
  if (!plan_.of(Scope::component).empty()) {
    const ObjectDoubts doubts(type_problems(object), {});
    judge_components(facts_.components().of_configuration(object, maker_.arena()), 0, object.root,
                     reason_of(doubts.of_object()));
  }
  if (plan_.asks_about_pods()) judge_pods_unless_owned(object);
  std::sort(findings.begin() + static_cast<std::ptrdiff_t>(before), findings.end(),
            [](const Finding& a, const Finding& b) {
              return std::tie(a.control, a.pod, a.member, a.rule) < std::tie(b.control, b.pod, b.member, b.rule);
            });
}

std::span<const kube::TypeProblem> Judge::type_problems(const snapshot::Object& object) {
  return kube::find_type_problems(object.root, object.group(), object.kind, maker_.arena());
}

std::uint32_t Judge::reason_of(const kube::TypeProblem* problem) {
  if (problem == nullptr) return 0;
  return reasons_.number_of(to_reason(problem->path, problem->message, snapshot_.symbols()));
}

void Judge::judge_object(const snapshot::Object& object, const SubjectPlan& plan) {
  const ObjectDoubts doubts(type_problems(object), {});
  judge_subject(plan,
                {maker_.object_subject(object), SubjectMaker::namespace_of(object), reason_of(doubts.of_object())});
}

// `kind` or its cluster-wide form.
void Judge::judge_members(const snapshot::Object& object, Scope scope, std::string_view kind) {
  const SubjectPlan& plan = plan_.of(scope);
  const bool cluster_wide = object.kind.starts_with("Cluster") && object.kind.substr(7) == kind;
  if (plan.empty() || (object.kind != kind && !cluster_wide)) return;
  const Symbol list = *member_list(scope);
  const ObjectDoubts doubts(type_problems(object), list);
  const Node* found = object.root.find(list);
  const auto members = found == nullptr ? std::span<const Node>{} : found->as_list();
  if (members.empty()) return judge_nobody(plan, 0, reason_of(doubts.of_object()));
  for (std::uint32_t i = 0; i < members.size(); ++i) {
    const Subject subject = maker_.rbac_subject(scope, members[i], i, object.root);
    judge_subject(plan, {subject, {}, reason_of(doubts.of_member(i))});
  }
}

// A Deployment's ReplicaSets and their Pods are one finding: the Deployment's.
void Judge::judge_pods_unless_owned(const snapshot::Object& object) {
  if (is_judged_by_owner(snapshot_, object, maker_.arena())) {
    ++totals_.judged_by_owner;
  } else {
    judge_pods(object);
  }
}

void Judge::judge_pods(const snapshot::Object& object) {
  const auto locations = kube::find_pods(object.root, snapshot_.symbols(), maker_.arena());
  for (std::size_t i = 0; i < locations.size(); ++i) {
    judge_pod(maker_.pod_of(object.root, locations[i]), static_cast<std::uint16_t>(i), object.root);
  }
}

void Judge::judge_pod(const PodSubjects& pod, std::uint16_t number, const Node& object) {
  const std::string_view name_space = pod.pod.find(symbols::namespace_)->as_string();
  const Node* metadata = pod.built.view.metadata;
  const bool patches = std::ranges::any_of(pod.built.view.containers, is_patch_in(object));
  judge_subject(plan_.of(Scope::pod), {.subject = SubjectMaker::pod_subject(pod, number, object),
                                       .name_space = name_space,
                                       .doubt = doubt_of(pod, PodProblem::whole_pod),
                                       .service_account_problem = pod.service_account_problem,
                                       .patch = patches ? reasons_.number_of(may_be_patch) : 0,
                                       .labels = metadata == nullptr ? nullptr : metadata->find(symbols::labels)});
  judge_containers(pod, number, object);
  judge_volumes(pod, number, object);
  if (!plan_.of(Scope::component).empty()) {
    judge_components(facts_.components().of_pod(pod.built.view, maker_.arena()), number, object,
                     doubt_of(pod, PodProblem::whole_pod));
  }
}

void Judge::judge_containers(const PodSubjects& pod, std::uint16_t number, const Node& object) {
  const SubjectPlan& plan = plan_.of(Scope::container);
  const auto containers = pod.built.view.containers;
  const auto is_patch = is_patch_in(object);
  for (std::uint32_t i = 0; i < containers.size(); ++i) {
    const auto subject = SubjectMaker::pod_member_subject(Scope::container, containers[i].view, i, pod, number, object);
    judge_subject(plan, {.subject = subject,
                         .doubt = doubt_of(pod, i),
                         .service_account_problem = pod.service_account_problem,
                         .patch = is_patch(containers[i]) ? reasons_.number_of(may_be_patch) : 0});
  }
  if (containers.empty()) judge_nobody(plan, number, doubt_of(pod, PodProblem::whole_pod));
}

void Judge::judge_volumes(const PodSubjects& pod, std::uint16_t number, const Node& object) {
  const SubjectPlan& plan = plan_.of(Scope::volume);
  const auto volumes = pod.volumes;
  const std::uint32_t doubt = doubt_of(pod, PodProblem::whole_pod);
  for (std::uint32_t i = 0; i < volumes.size(); ++i) {
    const auto subject = SubjectMaker::pod_member_subject(Scope::volume, volumes[i], i, pod, number, object);
    judge_subject(plan, {.subject = subject, .doubt = doubt, .service_account_problem = pod.service_account_problem});
  }
  if (volumes.empty()) judge_nobody(plan, number, doubt);
}

// A problem of the whole pod, or of the container asked about; for the pod as a whole, of any container.
std::uint32_t Judge::doubt_of(const PodSubjects& pod, std::uint32_t container) {
  for (const PodProblem& problem : pod.built.problems) {
    const bool elsewhere = problem.container != PodProblem::whole_pod && container != PodProblem::whole_pod &&
                           problem.container != container;
    if (elsewhere) continue;
    return reasons_.number_of(to_reason(problem.path, problem.message, snapshot_.symbols()));
  }
  return 0;
}

// Calls `work` for the rules of each control.
template <typename Work>
static void for_each_control(const SubjectPlan& plan, Work work) {
  const std::span<const PlannedRule> rules(plan);
  for (std::size_t first = 0; first < rules.size();) {
    std::size_t end = first + 1;
    while (end < rules.size() && rules[end].control == rules[first].control) ++end;
    work(rules.subspan(first, end - first));
    first = end;
  }
}

// A scope without subjects: not applicable, unless some may be hidden in what could not be read.
void Judge::judge_nobody(const SubjectPlan& plan, std::uint16_t pod, std::uint32_t doubt) {
  Subject nobody;
  nobody.pod = pod;
  for_each_control(plan, [&](Rules rules) {
    if (doubt == 0) return count_quiet(rules[0], nobody, Verdict::not_applicable);
    list(rules[0], nobody, {Verdict::not_evaluated, doubt});
    ++totals_.unreadable;
  });
}

void Judge::judge_subject(const SubjectPlan& plan, const Case& one) {
  ++subject_number_;
  evaluation_.reset();
  for_each_control(plan, [&](Rules rules) { judge_control(rules, one); });
}

void Judge::judge_control(Rules rules, const Case& one) {
  const PlannedRule* passed = nullptr;
  bool listed = false;
  for (const PlannedRule& rule : rules) {
    Judgement judgement = judge_rule(rule, one);
    if (one.component != nullptr) judgement = with_unknowns(rule, one, judgement);
    if (one.patch != 0) judgement = with_absent(rule, one, judgement);
    if (judgement.is_listed()) {
      listed = true;
      list(rule, one.subject, judgement);
    } else if (judgement.verdict == Verdict::pass) {
      passed = &rule;
    }
  }
  if (listed) return;
  const PlannedRule& rule = passed != nullptr ? *passed : rules[0];
  if (one.doubt != 0) {
    list(rule, one.subject, {Verdict::not_evaluated, one.doubt});
    ++totals_.unreadable;
  } else {
    count_quiet(rule, one.subject, passed != nullptr ? Verdict::pass : Verdict::not_applicable);
  }
}

Judge::Judgement Judge::judge_rule(const PlannedRule& rule, const Case& one) {
  if (rule.when != PlannedRule::no_expression) {
    const cel::Value& when = evaluate(rule, rule.when, one.subject);
    if (when.kind != cel::Kind::boolean) return judge_error(when, one);
    if (!when.boolean) return {Verdict::not_applicable};
  }
  if (one.unknown != 0) return {Verdict::not_evaluated, one.unknown};
  const cel::Value& value = evaluate(rule, rule.expression, one.subject);
  if (value.kind != cel::Kind::boolean) return judge_error(value, one);
  return value.boolean ? Judgement{Verdict::pass} : judge_failure(rule, one);
}

Judge::Judgement Judge::judge_failure(const PlannedRule& rule, const Case& one) {
  if (rule.joins_service_account && !one.service_account_problem.empty()) {
    return undecided(one, one.service_account_problem, true);
  }
  if (rule.source->undecided) return undecided(one, rule.source->message, false);
  return rule.absence ? judge_absence(rule, one) : Judgement{Verdict::fail};
}

Judge::Judgement Judge::judge_absence(const PlannedRule& rule, const Case& one) {
  const Gap* gap = rule.absent_kind ? facts_.gap(*rule.absent_kind, governed(one)) : nullptr;
  if (gap != nullptr) return undecided(one, gap->reason, gap->broken || closed_);
  if (closed_ && !facts_.dark_kinds().are_joined_by(*rule.source)) return {Verdict::fail};
  if (!closed_ && one.doubt == 0) ++totals_.decided_by_closed_world;
  return undecided(one, closed_ ? rests_on_unread_absence : rests_on_absence, false);
}

Governed Judge::governed(const Case& one) const {
  using enum Governed::What;
  if (one.subject.scope == Scope::pod) return {pod, one.name_space, one.labels};
  const snapshot::Object& object = snapshot_.object(id_);
  const bool is_namespace = one.subject.scope == Scope::object && object.kind == "Namespace" && object.group().empty();
  return {is_namespace ? whole_namespace : anything, one.name_space};
}

Judge::Judgement Judge::judge_error(const cel::Value& value, const Case& one) {
  Judgement judgement =
      undecided(one, cel::is_error(value) ? cel::as_error(value).message : "the expression gave no boolean", true);
  if (judgement.is_listed()) judgement.verdict = Verdict::error;
  return judgement;
}

// Of a subject in doubt, the doubt is listed and nothing else: it says more.
Judge::Judgement Judge::undecided(const Case& one, std::string_view reason, bool unreadable) {
  if (one.doubt != 0) return {Verdict::not_applicable};
  if (unreadable) ++totals_.unreadable;
  return {Verdict::not_evaluated, reasons_.number_of(reason)};
}

const cel::Value& Judge::evaluate(const PlannedRule& rule, std::uint32_t expression, const Subject& subject) {
  Remembered& remembered = remembered_[expression];
  if (remembered.subject == subject_number_) return remembered.value;
  remembered.subject = subject_number_;
  if (remembered.program == nullptr) remembered.program = plan_.expressions()[expression]->program();
  remembered.value = remembered.program != nullptr
                         ? run(*remembered.program, subject, spent_[rule.control])
                         : cel::make_error(evaluation_.arena(), "the control's expression does not compile");
  return remembered.value;
}

cel::Value Judge::run(const cel::Program& program, const Subject& subject, std::uint64_t& spent) {
  const std::uint64_t limit = expression_limit(spent);
  evaluation_.budget.cost = limit;
  const cel::Value value = program.evaluate(evaluation_, subject.variables());
  const bool stopped = evaluation_.cost() > limit;
  const std::string_view reason = too_costly(spent);
  spent += std::min(evaluation_.cost(), limit);
  return stopped ? cel::make_error(evaluation_.arena(), reason) : value;
}

void Judge::count_quiet(const PlannedRule& rule, const Subject& subject, Verdict verdict) {
  ++(verdict == Verdict::pass ? count_of(rule).pass : count_of(rule).not_applicable);
  if (all_verdicts_) list(rule, subject, {verdict});
}

void Judge::list(const PlannedRule& rule, const Subject& subject, const Judgement& judgement) {
  ControlCount& count = count_of(rule);
  switch (judgement.verdict) {
    case Verdict::fail: ++count.fail; break;
    case Verdict::not_evaluated: ++count.not_evaluated; break;
    case Verdict::error: ++count.error; break;
    case Verdict::accepted: ++count.accepted; break;
    case Verdict::pass:
    case Verdict::not_applicable: break;  // counted by subject
  }
  findings_->push_back(
      {id_, rule.control, rule.rule, judgement.verdict, subject.pod, subject.member, judgement.reason});
}

}  // namespace kastell::policy
