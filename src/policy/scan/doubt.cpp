#include "policy/scan/doubt.h"

#include <algorithm>

#include "document/path.h"

namespace kastell::policy {

using kube::TypeProblem;

ObjectDoubts::ObjectDoubts(std::span<const TypeProblem> problems, std::optional<Symbol> list) {
  const auto of_an_item = [list](const TypeProblem& problem) {
    return list && problem.path.size() > 1 && problem.path[0] == document::Step::key(*list);
  };
  // The document's order keeps the items' problems together.
  const auto first = std::ranges::find_if(problems, of_an_item);
  const auto last = std::find_if_not(first, problems.end(), of_an_item);
  of_members_ = {first, last};
  const auto whole = std::ranges::find_if_not(problems, of_an_item);
  if (whole != problems.end()) of_object_ = &*whole;
}

const TypeProblem* ObjectDoubts::of_member(std::uint32_t member) const {
  if (of_object_ != nullptr) return of_object_;
  const auto at = std::ranges::lower_bound(of_members_, member, {},
                                           [](const TypeProblem& problem) { return problem.path[1].number; });
  return at != of_members_.end() && at->path[1].number == member ? &*at : nullptr;
}

std::optional<Symbol> member_list(Scope scope) {
  if (scope == Scope::role_rule) return symbols::rules;
  if (scope == Scope::subject) return symbols::subjects;
  return std::nullopt;
}

std::string to_reason(kube::PathView path, std::string_view message, const SymbolTable& symbols) {
  return document::to_string(path, symbols) + ": " + std::string(message);
}

}  // namespace kastell::policy
