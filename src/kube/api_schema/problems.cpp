#include "kube/api_schema/problems.h"

namespace kastell::kube::api_schema {

void ProblemList::add(FieldProblemType type, PathView path, std::string_view explanation, bool is_undecided) {
  if (is_full()) {
    ++left_out_;
  } else {
    problems_.push_back({.type = type,
                         .path = arena_.copy(path),
                         .explanation = arena_.copy(explanation),
                         .is_undecided = is_undecided});
  }
}

FieldReport ProblemList::report() const {
  if (problems_.empty()) return {};
  return {.problems = arena_.copy(std::span<const FieldProblem>(problems_)), .left_out = left_out_};
}

}  // namespace kastell::kube::api_schema
