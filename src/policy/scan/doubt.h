// Doubts: what keeps a subject outside pods from passing though its rules hold, because a field is not of its type.
#pragma once

#include <optional>
#include <string>

#include "kube/object_types.h"
#include "policy/scan.h"

namespace kastell::policy {

// The type problems of one object, by the subject they concern.
class ObjectDoubts {
 public:
  ObjectDoubts() = default;
  // `list`: the field whose items are judged one by one, if any. A problem of one item does not concern the others.
  ObjectDoubts(std::span<const kube::TypeProblem> problems, std::optional<Symbol> list);

  // The first problem that concerns the whole object; null if there is none.
  const kube::TypeProblem* of_object() const { return of_object_; }
  // Or one of this item.
  const kube::TypeProblem* of_member(std::uint32_t member) const;

 private:
  const kube::TypeProblem* of_object_ = nullptr;
  std::span<const kube::TypeProblem> of_members_;  // in the order of the list
};

// The list whose items are subjects of the scope, in an object of a kind that has it.
std::optional<Symbol> member_list(Scope scope);

// "spec.ingress: expected a list, found a string"
std::string to_reason(kube::PathView path, std::string_view message, const SymbolTable& symbols);

}  // namespace kastell::policy
