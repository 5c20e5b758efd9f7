// What policies write into the audit log.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "admission/policy.h"

namespace kastell::admission {

// The API server loses annotations with a key of another form.
bool is_annotation_key(std::string_view key);

// Annotations of one policy: distinct values of a key are joined, in the order in which they came.
class AnnotationCollector {
 public:
  void add(std::string_view key, std::string_view value);
  void clear() { values_.clear(); }
  using Annotations = std::vector<std::pair<std::string, std::string>>;
  void publish(std::string_view policy, Annotations& into) const;

 private:
  std::vector<std::pair<std::string, std::vector<std::string>>> values_;
};

// A validation that failed under the action Audit.
struct AuditedFailure {
  std::size_t index;
  std::string message;
  std::string_view policy, binding;
  std::span<const Action> actions;
};
void publish_failures(std::span<const AuditedFailure> failures, AnnotationCollector::Annotations& into);

}  // namespace kastell::admission
