// What is said of one field that the API server would object to, as CEL data.
#pragma once

#include <cstdint>

#include "custom/resource_check.h"
#include "kube/api_schema.h"
#include "snapshot/snapshot.h"

namespace kastell::policy {

// What the API server would object to in an object: names, types and, of custom resources, values. One thread's.
class FieldChecker {
 public:
  FieldChecker(std::shared_ptr<SymbolTable> symbols, std::uint8_t minor, const kube::CustomSchemas& custom)
      : fields_(*symbols, minor, &custom), custom_(std::move(symbols), minor) {}

  kube::FieldReport check(const snapshot::Object& object, Arena& arena);

 private:
  kube::FieldCheck fields_;
  custom::ResourceCheck custom_;
};

class FieldFacts {
 public:
  // `minor` of Kubernetes 1, within kube::covered_minors().
  FieldFacts(const snapshot::Snapshot& snapshot, std::uint8_t minor);

  // One per thread.
  FieldChecker make_check() const { return {shared_symbols_, minor_, custom_}; }

  // {problem, explanation}; of an object without problems both are empty, of one whose schema is not known `problem` is
  // "no-schema".
  document::Node of_problem(const kube::FieldProblem& problem, Arena& arena) const;
  document::Node of_flawless(Arena& arena) const;
  document::Node of_unknown(Arena& arena) const;

 private:
  document::Node make(std::string_view problem, std::string_view explanation, Arena& arena) const;

  std::shared_ptr<SymbolTable> shared_symbols_;
  SymbolTable& symbols_;
  std::uint8_t minor_;
  kube::CustomSchemas custom_;
  Symbol problem_, explanation_;
};

}  // namespace kastell::policy
