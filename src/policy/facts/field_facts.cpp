#include "policy/facts/field_facts.h"

#include <algorithm>
#include <array>

namespace kastell::policy {

using document::Member;
using document::Node;

namespace {

bool is_decodable(const kube::FieldReport& report) {
  return report.left_out == 0 && std::ranges::none_of(report.problems, [](const kube::FieldProblem& problem) {
           using enum kube::FieldProblemType;
           return !problem.is_undecided && (problem.type == wrong_type || problem.type == missing_field);
         });
}

// What is not told may be of any type: none of them passes.
void add_doubts(std::vector<kube::FieldProblem>& problems) {
  using enum kube::FieldProblemType;
  for (const auto type : {unknown_field, wrong_type, not_in_enumeration, missing_field}) {
    problems.push_back({.type = type, .path = {}, .explanation = kube::too_many_problems, .is_undecided = true});
  }
}

}  // namespace

kube::FieldReport FieldChecker::check(const snapshot::Object& object, Arena& arena) {
  kube::FieldReport report = fields_.check(object.root, object.api_version, object.kind, arena);
  std::vector<kube::FieldProblem> more;
  if (report.left_out > 0) add_doubts(more);
  if (report.definition != nullptr) {
    const auto values = custom_.check(object.root, *report.definition, {is_decodable(report), object.had_nulls}, arena);
    more.insert(more.end(), values.begin(), values.end());
  }
  if (more.empty()) return report;
  more.insert(more.begin(), report.problems.begin(), report.problems.end());
  report.problems = arena.copy(std::span<const kube::FieldProblem>(more));
  return report;
}

FieldFacts::FieldFacts(const snapshot::Snapshot& snapshot, std::uint8_t minor)
    : shared_symbols_(snapshot.shared_symbols()),
      symbols_(*shared_symbols_),
      minor_(minor),
      custom_(symbols_),
      problem_(symbols_.intern("problem")),
      explanation_(symbols_.intern("explanation")) {
  for (const auto id : snapshot.of_kind("apiextensions.k8s.io", "CustomResourceDefinition")) {
    custom_.add(snapshot.object(id).root);
  }
}

Node FieldFacts::of_problem(const kube::FieldProblem& problem, Arena& arena) const {
  return make(name_of(problem.type), problem.explanation, arena);
}
Node FieldFacts::of_flawless(Arena& arena) const {
  return make({}, {}, arena);
}
Node FieldFacts::of_unknown(Arena& arena) const {
  return make("no-schema", {}, arena);
}

Node FieldFacts::make(std::string_view problem, std::string_view explanation, Arena& arena) const {
  const std::array<Member, 2> members{
      {{problem_, Node::make_string(problem)}, {explanation_, Node::make_string(explanation)}}};
  return make_object(arena, members, false);
}

}  // namespace kastell::policy
