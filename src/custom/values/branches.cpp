// allOf, anyOf, oneOf and not.

#include <algorithm>
#include <utility>

#include "custom/values/walk.h"

namespace kastell::custom {

using document::Node;

void ValueWalk::check_branches(const Node& value, const Node& schema) {
  check_all_of(value, schema);
  if (const Node* branches = list_of(schema, words_.any_of)) check_any_of(value, *branches);
  if (const Node* branches = list_of(schema, words_.one_of)) check_one_of(value, *branches);
  if (const Node* refused = schema.find(words_.not_)) check_not(value, *refused);
}

void ValueWalk::check_all_of(const Node& value, const Node& schema) {
  const Node* branches = list_of(schema, words_.all_of);
  if (branches == nullptr) return;
  for (const Node& branch : branches->as_list()) check(value, branch, Asked::all);
}

ValueWalk::Outcome ValueWalk::try_branch(const Node& value, const Node& schema) {
  Tally tally;
  Tally* before = std::exchange(tally_, &tally);
  check(value, schema, Asked::all);
  tally_ = before;
  if (tally.fails) return Outcome::fails;
  return tally.is_unknown || steps_.is_exhausted() ? Outcome::unknown : Outcome::holds;
}

// "; one of a, b is needed" where that is all that the branches ask.
std::string ValueWalk::needed_by(const Node& branches) const {
  std::string names;
  for (const Node& branch : branches.as_list()) {
    const Node* required = branch.find(words_.required);
    if (required == nullptr || required->as_list().size() != 1 || names.size() > 200) return {};
    names += (names.empty() ? "" : ", ") + std::string(required->as_list()[0].as_string());
  }
  return names.empty() ? names : "; it needs one of " + names;
}

void ValueWalk::check_any_of(const Node& value, const Node& branches) {
  bool is_unknown = false;
  for (const Node& branch : branches.as_list()) {
    const Outcome outcome = try_branch(value, branch);
    if (outcome == Outcome::holds) return;
    is_unknown = is_unknown || outcome == Outcome::unknown;
  }
  if (branches.as_list().empty()) return;
  if (is_unknown) return doubt("whether it fits one of the alternatives (anyOf) of its definition is not known");
  fail("fits none of the alternatives (anyOf) of its definition" + needed_by(branches));
}

void ValueWalk::check_one_of(const Node& value, const Node& branches) {
  std::size_t holding = 0, unknown = 0;
  for (const Node& branch : branches.as_list()) {
    const Outcome outcome = try_branch(value, branch);
    holding += outcome == Outcome::holds ? 1 : 0;
    unknown += outcome == Outcome::unknown ? 1 : 0;
  }
  if (branches.as_list().empty() || (holding == 1 && unknown == 0)) return;
  if (holding > 1) {
    return fail("fits " + std::to_string(holding) + " of the alternatives (oneOf) of its definition, which allows one");
  }
  if (unknown > 0) return doubt("whether it fits one of the alternatives (oneOf) of its definition is not known");
  fail("fits none of the alternatives (oneOf) of its definition" + needed_by(branches));
}

void ValueWalk::check_not(const Node& value, const Node& schema) {
  const Outcome outcome = try_branch(value, schema);
  if (outcome == Outcome::holds) fail("is what its definition excludes (not)");
  if (outcome == Outcome::unknown) doubt("whether it is what its definition excludes (not) is not known");
}

}  // namespace kastell::custom
