// Where problems of one resource go, and what looking for them may still cost.
#pragma once

#include <string_view>
#include <vector>

#include "custom/resource_check.h"

namespace kastell::custom {

class Steps {
 public:
  explicit Steps(std::uint64_t most) : left_(most) {}
  bool spend(std::uint64_t steps) {
    is_exhausted_ = is_exhausted_ || steps > left_;
    left_ -= is_exhausted_ ? 0 : steps;
    return !is_exhausted_;
  }
  bool is_exhausted() const { return is_exhausted_; }

 private:
  std::uint64_t left_;
  bool is_exhausted_ = false;
};

class ProblemSink {
 public:
  explicit ProblemSink(Arena& arena) : arena_(arena) {}

  void fail(kube::FieldProblemType type, kube::PathView path, std::string_view explanation) {
    add({.type = type, .path = {}, .explanation = explanation}, path);
  }
  // `is_unreadable`: for what the definition says, not for what Kastell does not know.
  void doubt(kube::FieldProblemType type, kube::PathView path, std::string_view explanation, bool is_unreadable) {
    add({.type = type, .path = {}, .explanation = explanation, .is_undecided = true, .is_unreadable = is_unreadable},
        path);
  }
  // At the end: that there were more than are told.
  void finish() {
    using enum kube::FieldProblemType;
    if (!has_left_out_) return;
    for (const auto type : {wrong_type, invalid_value, broken_rule}) {
      problems_.push_back({.type = type, .path = {}, .explanation = kube::too_many_problems, .is_undecided = true});
    }
  }
  std::span<const kube::FieldProblem> problems() const { return problems_; }

 private:
  void add(kube::FieldProblem problem, kube::PathView path) {
    has_left_out_ = has_left_out_ || problems_.size() == ResourceCheck::most_problems;
    if (has_left_out_) return;
    problem.path = arena_.copy(path);
    problem.explanation = arena_.copy(problem.explanation);
    problems_.push_back(problem);
  }

  Arena& arena_;
  std::vector<kube::FieldProblem> problems_;
  bool has_left_out_ = false;
};

}  // namespace kastell::custom
