// Problems of one object, in the order of its fields.
#pragma once

#include <vector>

#include "kube/api_schema.h"

namespace kastell::kube::api_schema {

class ProblemList {
 public:
  explicit ProblemList(Arena& arena) : arena_(arena) {}

  void add(FieldProblemType type, PathView path, std::string_view explanation, bool is_undecided = false);
  bool is_full() const { return problems_.size() == FieldReport::most_problems; }
  FieldReport report() const;

 private:
  Arena& arena_;
  std::vector<FieldProblem> problems_;
  std::uint64_t left_out_ = 0;
};

}  // namespace kastell::kube::api_schema
