// What is said of one field that the API server would object to, as CEL data.
#pragma once

#include <cstdint>

#include "kube/api_schema.h"
#include "snapshot/snapshot.h"

namespace kastell::policy {

class FieldFacts {
 public:
  // `minor` of Kubernetes 1, within kube::covered_minors().
  FieldFacts(const snapshot::Snapshot& snapshot, std::uint8_t minor);

  // One per thread.
  kube::FieldCheck make_check() const { return {symbols_, minor_, &custom_}; }

  // {problem, explanation}; of an object without problems both are empty, of one whose schema is not known `problem` is
  // "no-schema".
  document::Node of_problem(const kube::FieldProblem& problem, Arena& arena) const;
  document::Node of_flawless(Arena& arena) const;
  document::Node of_unknown(Arena& arena) const;

 private:
  document::Node make(std::string_view problem, std::string_view explanation, Arena& arena) const;

  SymbolTable& symbols_;
  std::uint8_t minor_;
  kube::CustomSchemas custom_;
  Symbol problem_, explanation_;
};

}  // namespace kastell::policy
