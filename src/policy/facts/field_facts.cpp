#include "policy/facts/field_facts.h"

#include <algorithm>
#include <array>

namespace kastell::policy {

using document::Member;
using document::Node;

kube::FieldReport FieldChecker::check(const snapshot::Object& object, Arena& arena) {
  kube::FieldReport report = fields_.check(object.root, object.api_version, object.kind, arena);
  if (report.definition == nullptr) return report;
  const bool is_decodable = std::ranges::none_of(report.problems, [](const kube::FieldProblem& problem) {
    using enum kube::FieldProblemType;
    return !problem.is_undecided && (problem.type == wrong_type || problem.type == missing_field);
  });
  const auto values = custom_.check(object.root, *report.definition, is_decodable, arena);
  if (values.empty()) return report;
  std::vector<kube::FieldProblem> all(report.problems.begin(), report.problems.end());
  all.insert(all.end(), values.begin(), values.end());
  report.problems = arena.copy(std::span<const kube::FieldProblem>(all));
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
