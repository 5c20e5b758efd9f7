// Judge: one thread's work of a scan. Evaluates the planned rules for every subject of an object.
//
// After warm-up nothing is allocated for a judgement, only for what is listed.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "policy/scan/doubt.h"
#include "policy/scan/plan.h"
#include "policy/scan/subject.h"

namespace kastell::policy {

// Reasons that recur: each text once.
class ReasonTable {
 public:
  ReasonTable() { texts_.emplace_back(); }
  std::uint32_t number_of(std::string_view text);
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::vector<std::string> texts_;  // [0] is empty
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
};

struct JudgeTotals {
  std::vector<ControlCount> counts;
  std::uint64_t decided_by_closed_world = 0;
  std::uint64_t judged_by_owner = 0;
  std::uint64_t unreadable = 0;
};

class Judge {
 public:
  Judge(const snapshot::Snapshot& snapshot, const Facts& facts, const Plan& plan, std::size_t control_count,
        bool all_verdicts);

  // Appends what is to be listed, by control, pod, member and rule.
  void judge(snapshot::ObjectId id, std::vector<Finding>& findings);

  const ReasonTable& reasons() const { return reasons_; }
  const JudgeTotals& totals() const { return totals_; }

 private:
  // A subject before its rules.
  struct Case {
    const Subject& subject;
    std::string_view name_space = {};  // of the pod or object
    std::uint32_t doubt = 0;           // reason why it cannot pass though its rules hold: not all of it could be read
    const kube::ComponentView* component = nullptr;  // scope component only
    std::string_view service_account_problem = {};   // of the pod
    std::uint32_t patch = 0;                         // reason why what is absent from it may be there all the same
    std::uint32_t unknown = 0;                       // reason why a rule that asks about it cannot be decided
    const document::Node* labels = nullptr;          // of the pod, scope pod only
  };
  struct Judgement {
    Verdict verdict;
    std::uint32_t reason = 0;
    bool is_listed() const { return verdict != Verdict::pass && verdict != Verdict::not_applicable; }
  };
  // An expression's value for the subject at hand.
  struct Remembered {
    const cel::Program* program = nullptr;  // once it was needed
    std::uint64_t subject = 0;              // valid while this is the subject's number
    cel::Value value;
  };
  using Rules = std::span<const PlannedRule>;

  void judge_pods_unless_owned(const snapshot::Object& object);
  void judge_pods(const snapshot::Object& object);
  void judge_pod(const PodSubjects& pod, std::uint16_t number, const document::Node& object);
  void judge_containers(const PodSubjects& pod, std::uint16_t number, const document::Node& object);
  void judge_volumes(const PodSubjects& pod, std::uint16_t number, const document::Node& object);
  void judge_components(std::span<const kube::ComponentView> components, std::uint16_t pod,
                        const document::Node& object, std::uint32_t doubt);
  void judge_fields(const snapshot::Object& object);
  void judge_field(const SubjectPlan& plan, const document::Node& field, std::uint32_t number,
                   const document::Node& object, std::uint32_t unknown = 0);
  void judge_object(const snapshot::Object& object, const SubjectPlan& plan);
  void judge_members(const snapshot::Object& object, Scope scope, std::string_view kind);

  void judge_subject(const SubjectPlan& plan, const Case& one);
  void judge_nobody(const SubjectPlan& plan, std::uint16_t pod, std::uint32_t doubt);
  void judge_control(Rules rules, const Case& one);
  Judgement judge_rule(const PlannedRule& rule, const Case& one);
  using Reads = std::vector<cel::FieldRead>;
  std::optional<Reads> reads_behind(const PlannedRule& rule, const Expression& expression, const Case& one);
  std::optional<Reads> reads_behind(const PlannedRule& rule, const Case& one, Verdict verdict);
  std::string unknown_behind(const Reads& reads, const Case& one);
  Judgement with_unknowns(const PlannedRule& rule, const Case& one, const Judgement& judgement);
  Judgement with_absent(const PlannedRule& rule, const Case& one, const Judgement& judgement);
  Judgement judge_failure(const PlannedRule& rule, const Case& one);
  Judgement judge_absence(const PlannedRule& rule, const Case& one);
  Governed governed(const Case& one) const;
  Judgement judge_error(const cel::Value& value, const Case& one);
  Judgement undecided(const Case& one, std::string_view reason, bool unreadable);
  const cel::Value& evaluate(const PlannedRule& rule, std::uint32_t expression, const Subject& subject);
  cel::Value run(const cel::Program& program, const Subject& subject, std::uint64_t& spent);

  void list(const PlannedRule& rule, const Subject& subject, const Judgement& judgement);
  void count_quiet(const PlannedRule& rule, const Subject& subject, Verdict verdict);
  ControlCount& count_of(const PlannedRule& rule) { return totals_.counts[rule.control]; }
  std::uint32_t doubt_of(const PodSubjects& pod, std::uint32_t container);
  std::span<const kube::TypeProblem> type_problems(const snapshot::Object& object);
  std::uint32_t reason_of(const kube::TypeProblem* problem);

  const snapshot::Snapshot& snapshot_;
  const Facts& facts_;
  const Plan& plan_;
  bool all_verdicts_;
  bool closed_;
  SubjectMaker maker_;
  FieldChecker field_check_;
  cel::Evaluation evaluation_;
  std::vector<Remembered> remembered_;
  std::uint64_t subject_number_ = 0;
  std::vector<std::uint64_t> spent_;  // for the object at hand, by control
  ReasonTable reasons_;
  JudgeTotals totals_;
  snapshot::ObjectId id_ = 0;
  std::vector<Finding>* findings_ = nullptr;
};

}  // namespace kastell::policy
