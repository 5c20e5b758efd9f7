#include "policy/facts/field_facts.h"

#include <array>

namespace kastell::policy {

using document::Member;
using document::Node;

FieldFacts::FieldFacts(const snapshot::Snapshot& snapshot, std::uint8_t minor)
    : symbols_(*snapshot.shared_symbols()),
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
